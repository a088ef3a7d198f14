// Overloads by every kind of conversion; named, optional, `params`, `ref`, `out` and `in` arguments.
using System;
using System.Collections.Generic;
using System.Data;
using System.Data.SqlClient;
using System.IO;
using System.Text;
using System.Threading;

public enum Size : byte { Small, Large }

public static class Overloads
{
    public static void Numbers(byte small, short middle, char letter, long big, float single, uint positive)
    {
        Console.WriteLine(small);
        Console.WriteLine(middle);
        Console.WriteLine(letter);
        Console.WriteLine(big);
        Console.WriteLine(single);
        Console.WriteLine(positive);
        Console.WriteLine(1);
        Console.WriteLine(1L);
        Console.WriteLine(1u);
        Console.WriteLine(1ul);
        Console.WriteLine(1f);
        Console.WriteLine(1d);
        Console.WriteLine(1m);
        Console.WriteLine('a');
        Console.WriteLine("a");
        Console.WriteLine(true);
        Console.WriteLine(new[] { 'a' });
        Console.WriteLine((object)1);
        Console.WriteLine(Size.Large);
        Console.WriteLine(small + middle);
        Console.WriteLine(single + big);
        Console.WriteLine(small == 1 ? 1 : 2L);
        Console.WriteLine((int?)1);
        Console.WriteLine();
        Math.Abs(middle);
        Math.Abs(1.5m);
        Math.Max(small, (byte)1);
        Math.Max(1, big);
        Math.Round(2.5, MidpointRounding.ToEven);
        Math.Round(2.5m, 1);
        BitConverter.GetBytes(middle);
        BitConverter.GetBytes((ushort)1);
        Convert.ToString(small);
        Convert.ToString((object)small);
        Convert.ToInt32("1");
        Convert.ToInt32(letter);
        Thread.Sleep(1);
        Thread.Sleep(TimeSpan.FromSeconds(1));
    }

    public static void References(object any, string text, IEnumerable<string> texts, Stream stream, byte[] bytes)
    {
        var all = new StringBuilder();
        all.Append(text).Append(1).Append('a').Append(1.5).Append(any).Append(bytes.Length).Append(new char[1]).Append(true);
        all.Append('a', 3).Append(text, 0, 1).AppendFormat("{0}", 1).AppendFormat("{0}{1}{2}{3}", 1, 2, 3, 4);
        string.Join(",", text, text);
        string.Join(",", texts);
        string.Join(",", 1, 2);
        string.Join(",", new[] { text }, 0, 1);
        string.Concat(any, text);
        string.Concat(text, text);
        string.Concat(texts);
        string.Format("{0}", any);
        string.Format("{0} {1} {2} {3}", any, any, any, any);
        string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}", any);
        text.Split(',');
        text.Split(',', ';');
        text.Split(new[] { "a" }, StringSplitOptions.None);
        text.Split(new char[0], 2);
        text.Trim();
        text.Trim('a');
        text.Trim('a', 'b');
        text.IndexOf('a');
        text.IndexOf("a");
        text.IndexOf("a", StringComparison.Ordinal);
        text.Replace('a', 'b').Replace("a", "b");
        text.Equals(any);
        text.Equals(text);
        Equals(any, text);
        ReferenceEquals(any, text);
        new StreamReader(stream);
        new StreamReader(text);
        new StreamReader(stream, Encoding.UTF8);
        new StreamWriter(text, true);
        Encoding.UTF8.GetString(bytes);
        Encoding.UTF8.GetBytes(text);
        File.WriteAllText(text, text);
        File.WriteAllLines(text, texts);
        File.WriteAllLines(text, new[] { text });
        new List<string>(texts).AddRange(new[] { text });
        new List<string>(1).Sort(StringComparer.Ordinal);
        new Uri(text);
        new DateTime(2020, 1, 1);
        new DateTime(1L);
        new DateTime(2020, 1, 1, 1, 1, 1, DateTimeKind.Utc);
        new TimeSpan(1, 2, 3);
        new string('a', 3);
        new string(new[] { 'a' });
        new Exception(null, null);
        new ArgumentNullException(nameof(text));
        new ArgumentException(text, nameof(text));
        new ArgumentException(text, new Exception());
    }

    public static void Named()
    {
        string.Compare(strA: "a", strB: "b", ignoreCase: true);
        string.Compare("a", "b", comparisonType: StringComparison.Ordinal);
        File.Open(mode: FileMode.Open, path: "a");
        Optional();
        Optional("b");
        Optional(count: 3);
        Optional("c", 4, DateTime.Now, TimeSpan.Zero);
        Many();
        Many(1);
        Many(1, "a", 2.5);
        Many(new object[] { 1, "a" });
        int.TryParse("1", out int number);
        int.TryParse("1", System.Globalization.NumberStyles.Any, null, out var other);
        decimal.TryParse("1", out _);
        Interlocked.Increment(ref number);
        Interlocked.Add(ref number, other);
        Interlocked.CompareExchange(ref number, 1, 2);
        object gate = null;
        Interlocked.CompareExchange(ref gate, new object(), null);
        new Dictionary<string, int>().TryGetValue("a", out number);
        Swap(ref number, ref other);
        DateTime.TryParse("a", out var when);
        when.AddDays(number);
    }

    private static void Optional(string text = "a", int count = 2, DateTime when = default(DateTime), TimeSpan? more = null)
    {
        text.PadLeft(count);
        when.ToUniversalTime();
        more.GetValueOrDefault();
    }

    private static void Many(params object[] values) { Array.Reverse(values); }

    private static void Swap<T>(ref T one, ref T other) { var kept = one; one = other; other = kept; }

    public static void Data(SqlCommand command, SqlDataReader reader)
    {
        command.Parameters.Add("@a", SqlDbType.Int).Value = 1;
        command.Parameters.Add("@a", SqlDbType.NVarChar, 10);
        command.Parameters.Add(new SqlParameter("@b", 1));
        command.Parameters.Add(new SqlParameter("@b", SqlDbType.Int));
        command.Parameters.AddWithValue("@c", DBNull.Value);
        command.Parameters["@a"].Direction = ParameterDirection.Output;
        command.Parameters[0].Value = null;
        reader["a"].ToString();
        reader[0].ToString();
        reader.GetFieldValue<int>(0);
        command.ExecuteReader(CommandBehavior.SingleRow);
        command.ExecuteReader();
    }
}
