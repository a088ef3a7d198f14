// Members: properties, indexers, events, initial values, operators, conversions, explicit implementations.
using System;
using System.Collections;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;

public class Members : INotifyPropertyChanged, IEnumerable<int>, ICloneable, IComparable<Members>, IDisposable
{
    private static readonly Dictionary<string, int> known = new Dictionary<string, int> { { "a", 1 }, { "b", 2 } };
    private static readonly string machine;
    private readonly StringBuilder text = new StringBuilder("a");
    private readonly int[] numbers = { 1, 2, 3 };
    private DateTime started = DateTime.Now;

    static Members() { machine = Environment.MachineName; }
    public Members() { text.Append(machine); Identifier = Guid.NewGuid(); }
    public Members(int count) : this() { Count = count; numbers = new int[count]; }

    public int Count { get; set; } = Environment.ProcessorCount;
    public Guid Identifier { get; }
    public static Stream Shared { get; } = new MemoryStream();
    public string Full => text.ToString().Trim();
    public long Length { get { return text.Length + known.Count; } private set { text.Length = (int)value; } }
    public int this[int index] { get { return numbers[index]; } set { numbers[index] = Math.Max(0, value); } }
    public string this[string key, int more] => known[key].ToString() + more.ToString();

    public event PropertyChangedEventHandler PropertyChanged;
    event PropertyChangedEventHandler INotifyPropertyChanged.PropertyChanged { add { GC.KeepAlive(value); } remove { } }

    IEnumerator<int> IEnumerable<int>.GetEnumerator() { return ((IEnumerable<int>)numbers).GetEnumerator(); }
    IEnumerator IEnumerable.GetEnumerator() { return numbers.GetEnumerator(); }
    object ICloneable.Clone() { return MemberwiseClone(); }
    int IComparable<Members>.CompareTo(Members other) { return Count.CompareTo(other.Count); }
    void IDisposable.Dispose() { Shared.Dispose(); }

    public void Change(Members other, List<int> list, Dictionary<string, int> map, Process process)
    {
        Count++;
        ++Count;
        Count += 2;
        Count -= list.Count;
        this[0]++;
        this[1] += 2;
        other[2] = this[0];
        other.Length = 3;
        other.Length += 4;
        list[0] += 1;
        list[0]++;
        map["a"] = map["b"];
        map["a"] += 1;
        map["a"]--;
        text.Length -= 1;
        text.Capacity *= 2;
        started += TimeSpan.FromDays(1);
        started = started - TimeSpan.FromDays(1) + new TimeSpan(1);
        process.StartInfo.FileName = "a";
        process.StartInfo.Arguments += "b";
        process.EnableRaisingEvents |= true;
        process.Exited += (sender, e) => process.Close();
        Console.Out.NewLine = "a";
        PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(nameof(Count)));
        ((IDisposable)other).Dispose();
        ((ICloneable)this).Clone().ToString();
        numbers[0]++;
        numbers[1] += Math.Sign(Count);
        Full.PadLeft(this["a", 1].Length);
    }
}

public struct Money : IEquatable<Money>, IFormattable
{
    private readonly decimal amount;
    public Money(decimal amount) : this(amount, 0) { }
    public Money(decimal amount, int scale) { this.amount = decimal.Round(amount, scale); }
    public static readonly Money None = new Money();
    public static Money operator +(Money a, Money b) { return new Money(a.amount + b.amount); }
    public static Money operator -(Money a) { return new Money(-a.amount); }
    public static Money operator ++(Money a) { return new Money(a.amount + 1); }
    public static Money operator *(Money a, int times) { return new Money(decimal.Multiply(a.amount, times)); }
    public static bool operator ==(Money a, Money b) { return a.Equals(b); }
    public static bool operator !=(Money a, Money b) { return !a.Equals(b); }
    public static bool operator <(Money a, Money b) { return a.amount < b.amount; }
    public static bool operator >(Money a, Money b) { return a.amount > b.amount; }
    public static bool operator true(Money a) { return a.amount != 0; }
    public static bool operator false(Money a) { return a.amount == 0m; }
    public static implicit operator Money(decimal amount) { return new Money(amount); }
    public static explicit operator decimal(Money money) { return Math.Abs(money.amount); }
    public static implicit operator string(Money money) { return money.amount.ToString("N"); }
    public bool Equals(Money other) { return amount.Equals(other.amount); }
    public override bool Equals(object other) { return other is Money && Equals((Money)other); }
    public override int GetHashCode() { return amount.GetHashCode() ^ 3; }
    public string ToString(string format, IFormatProvider provider) { return amount.ToString(format, provider); }

    public static string Use(Money a, Money? b)
    {
        Money sum = a + 2.5m;
        sum += a * 3;
        sum++;
        var c = -sum + b;
        if (a == sum || a != None && c > a) Console.WriteLine((decimal)a);
        if (a) Console.WriteLine(1);
        while (sum) sum = None;
        string text = a;
        File.Delete(a);
        return text.Trim() + (b ?? a).ToString("N", null) + b?.GetHashCode();
    }
}

public interface IShape { double Area { get; } string Name { get; set; } event EventHandler Drawn; double Scale(double by); }

public abstract class Shape : IShape
{
    public abstract double Area { get; }
    public virtual string Name { get; set; }
    public event EventHandler Drawn;
    double IShape.Scale(double by) { return Math.Pow(Area, by); }
    protected void Draw() { var drawn = Drawn; if (drawn != null) drawn(this, EventArgs.Empty); }
}

public class Circle : Shape
{
    public override double Area => Math.PI * Math.Pow(2, 2);
    public override string Name { get { return base.Name.Trim(); } set { base.Name = value ?? string.Empty; } }
    public static double Use(IShape shape) { shape.Name += "a"; shape.Drawn += (a, b) => { }; return shape.Scale(shape.Area); }
}
