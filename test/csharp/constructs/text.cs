// Text: interpolation, and concatenation of every arity and kind.
using System;
using System.Globalization;

public static class Text
{
    private const string Prefix = "a" + "b";

    public static void Interpolated(string name, int count, DateTime when, object any)
    {
        Console.WriteLine($"{name}");
        Console.WriteLine($"{name} {count}");
        Console.WriteLine($"{name} {count} {when:yyyy-MM-dd}");
        Console.WriteLine($"{name,10} {count:D3} {when} {any}");
        Console.WriteLine($"{{{count + 1}}} {(count > 1 ? "many" : name)} {name.Trim()}");
        Console.WriteLine($@"{name}\{any}");
        FormattableString text = $"{name} {count}";
        text.ToString(CultureInfo.InvariantCulture);
        IFormattable other = $"{when}";
        other.ToString(null, CultureInfo.InvariantCulture);
        FormattableString.Invariant($"{count}");
    }

    public static string Concatenated(string a, string b, int i, object o, char c, decimal d)
    {
        a += b;
        a += i;
        a += b + a;
        a = a + b;
        a = a + b + a;
        a = a + b + a + b;
        a = a + b + a + b + a;
        a = a + b + a + b + a + b;
        a = a + i;
        a = i + a;
        a = a + o + b;
        a = a + c + i + d;
        a = a + c + i + d + o;
        a = i + i + a;
        a = a + (i + i);
        a = a + (b + i);
        a = "x" + a + "y" + "z";
        a = Prefix + a;
        a = Prefix + "c" + i;
        a = a + null;
        a = "" + i;
        a = o + "x";
        a = a + 'x' + "y";
        a = a + DateTime.Now + Guid.Empty;
        return a + (a == b) + (a != null) + (i == 1) + a.Length + a[0];
    }
}
