// Tuples, deconstruction, anonymous types, `dynamic`.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

public struct Point
{
    public int X, Y;
    public void Deconstruct(out int x, out string y) { x = Math.Abs(X); y = Y.ToString(); }
}

public static class Tuples
{
    public static (string name, int count) Named(string text) { return (text.Trim(), text.Length); }
    public static (int, DateTime) Plain() => (1, DateTime.Now);

    public static void Use(Point point, Dictionary<string, int> map)
    {
        var pair = Named("a");
        pair.name.Trim();
        pair.Item2.ToString();
        pair.count.CompareTo(1);
        (string name, int count) = Named("b");
        name.PadLeft(count);
        var (first, second) = Plain();
        second.AddDays(first);
        point.Deconstruct(out var x, out var y);
        y.PadLeft(x);
        string kept;
        int number;
        (kept, number) = Named("c");
        kept.Substring(number);
        (number, _) = Plain();
        var local = (text: "a", when: DateTime.UtcNow);
        local.text.Trim();
        local.when.AddDays(number);
        local.Item1.ToUpper();
        var nested = (1, ("b", Guid.NewGuid()));
        nested.Item2.Item1.ToLower();
        var list = new List<(string key, Stream value)>();
        list.Add(("a", new MemoryStream()));
        list[0].value.Flush();
        foreach (var one in list) one.key.Trim();
        list.Select(one => one.key.Length).Sum();
    }

    public static string Anonymous(IEnumerable<string> texts)
    {
        var one = new { Name = "a", Count = 1, DateTime.Now };
        one.Name.Trim();
        one.Now.AddDays(one.Count);
        var many = texts.Select(text => new { text, text.Length, Upper = text.ToUpper() }).Where(each => each.Length > 1).ToList();
        foreach (var each in many) each.Upper.PadLeft(each.Length).Trim();
        return many.First().text.Trim() + one.ToString() + one.GetHashCode();
    }
}
