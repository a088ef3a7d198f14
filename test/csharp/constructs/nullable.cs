// Nullable values and lifting, `?.`, `??`, throw expressions, patterns of `is`, casts, boxing.
using System;
using System.Collections.Generic;
using System.Data.SqlTypes;
using System.IO;
using System.Text;

public static class Nullable
{
    public static string Lift(int? a, int? b, DateTime? when, decimal? money, bool? flag, Guid? id, DayOfWeek? day)
    {
        var sum = a + b;
        var more = a * 2 + 1;
        if (a > b) Console.WriteLine(sum.Value);
        if (a == b || a == 1 || a == null || a != null) Console.WriteLine(more);
        if (when > DateTime.Now) Console.WriteLine(when - DateTime.Now);
        if (money == 1.5m) money += 2;
        if (flag == true || (flag ?? false)) a++;
        if (id == Guid.Empty || id.HasValue) b = 3;
        if (day == DayOfWeek.Friday) b = (int?)day;
        long? wide = a;
        int plain = (int)a;
        var negative = -a;
        object boxed = a;
        a = null;
        a = 4;
        a += 5;
        var chosen = a ?? b ?? 0;
        var maybe = flag == null ? a : null;
        return a.ToString() + a.GetValueOrDefault(1) + when.Value.Year + when?.ToString("d") + wide + plain + negative + boxed + chosen + maybe;
    }

    public static void Conditional(string text, List<string> list, Stream stream, Func<int> get, StringBuilder all)
    {
        var length = text?.Length;
        var trimmed = text?.Trim().ToUpper()?.PadLeft(1) ?? "a".Trim();
        var first = list?[0]?.Trim();
        var count = list?.Count ?? 0;
        stream?.Dispose();
        get?.Invoke().ToString();
        all?.Append(text)?.Append(count);
        list?.ForEach(one => one?.Trim());
        var size = text?.Length.ToString();
        var path = text ?? throw new ArgumentNullException(nameof(text));
        var other = length > 0 ? path : throw new InvalidOperationException(trimmed + first + size);
        (text ?? other).Split(' ');
        if ((text ?? "").Length > 1) Console.WriteLine(list?.Count > 1);
        if (text?.Length == 3) Console.WriteLine(text?.StartsWith("a") == true);
    }

    public static string Patterns(object any, Exception e, Stream stream)
    {
        if (any is string text) return text.Trim();
        if (any is int number && number > 1) return number.ToString();
        if (!(any is DateTime when)) return string.Empty;
        if (any is null) return when.ToString();
        if (any is 3) return "a".Trim();
        if (any is "a") return "b".Trim();
        if (e is ArgumentException || e.InnerException is IOException) return e.Message;
        var memory = stream as MemoryStream;
        if (memory != null) memory.ToArray();
        (stream as FileStream)?.Flush(true);
        var casted = (string)any;
        var unboxed = (int)any;
        var asNumber = any as int?;
        return casted.Trim() + unboxed.ToString() + asNumber.HasValue + (any as string)?.Length + ((MemoryStream)stream).Capacity;
    }

    public static SqlString Sql(SqlInt32 a, SqlInt32 b, SqlString text, SqlBoolean flag, SqlDateTime when)
    {
        if (a.IsNull || text.IsNull) return SqlString.Null;
        if (a == b || text == "a" || flag) return new SqlString("a");
        if (a > 1 && !flag) return text + "b";
        SqlInt32 sum = a + b * 2;
        int value = (int)sum;
        DateTime date = (DateTime)when;
        SqlDateTime back = date;
        if (flag.IsTrue && a < b) return (string)text + value;
        return text.Value.Trim() + back.Value.Ticks + sum.ToString();
    }
}
