// Objects, collections, dictionaries and arrays that are made; constants of dates and decimals; enumerations.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[Flags]
public enum Rights { None, Read = 1, Write = 2, All = Read | Write }

public class Node
{
    public string Name { get; set; }
    public List<Node> Children { get; } = new List<Node>();
    public Dictionary<string, DateTime> Dates = new Dictionary<string, DateTime>();
    public Node Next;
    public int[] Numbers = new int[Environment.ProcessorCount];
}

public static class Creation
{
    public const decimal Rate = 1.5m;
    private static readonly byte[] bytes = { 1, 2, 3, 4 };
    private static readonly string[] names = { "a", Environment.UserName };
    private static readonly Dictionary<string, Func<int>> table = new Dictionary<string, Func<int>> { { "a", () => Environment.TickCount } };

    public static void Objects()
    {
        var node = new Node
        {
            Name = "a".Trim(),
            Children = { new Node { Name = "b" }, new Node() },
            Dates = { ["a"] = DateTime.Now, ["b"] = DateTime.MinValue },
            Next = new Node { Children = { new Node() }, Numbers = { [0] = 1 } },
        };
        node.Next.Children.Add(node);
        new ProcessStartInfo("a") { UseShellExecute = false, EnvironmentVariables = { { "a", "b" } } };
        new List<string> { "a", node.Name, string.Empty }.ToArray();
        new Dictionary<string, int> { { "a", 1 }, { "b", 2 } }.Remove("a");
        new Dictionary<string, List<int>> { ["a"] = new List<int> { 1 } }.Clear();
        new WebClient { Credentials = CredentialCache.DefaultCredentials, Headers = { { "a", "b" } } }.Dispose();
        new HashSet<DateTime> { DateTime.Today }.Clear();
    }

    public static void Arrays(int count)
    {
        var plain = new int[count];
        var given = new[] { "a", "b" };
        var sized = new string[2] { "a", "b" };
        var grid = new int[2, 3];
        var full = new int[,] { { 1, 2 }, { 3, 4 } };
        var jagged = new int[2][];
        jagged[0] = new int[1];
        int[] braces = { 1, 2, 3 };
        int[,] table = { { 1 }, { count } };
        object[] mixed = { 1, "a", DateTime.Now };
        grid[0, 1] = full[1, 0] + table[0, 0];
        grid[0, 1] += 2;
        grid[1, 1]++;
        grid.GetLength(0).ToString();
        jagged[0][0].ToString();
        plain.Length.ToString();
        plain.LongLength.ToString();
        plain.CopyTo(braces, 0);
        ((IList<int>)plain).IndexOf(1);
        Array.Copy(given, sized, 1);
        mixed.Clone();
        new double[] { 1.5, 2.5, 3.5 }.GetValue(0);
        new[] { 1.5m, 2m }.GetLowerBound(0);
        bytes.Clone();
    }

    public static string Enums(Rights rights, [Optional, DateTimeConstant(1)] DateTime when, decimal rate = Rate)
    {
        rights |= Rights.Write;
        rights &= ~Rights.Read;
        if (rights == Rights.All || (rights & Rights.Read) != 0 || rights.HasFlag(Rights.Write)) rights = 0;
        if (rights > Rights.None) rights--;
        const int local = 3;
        const string text = "a" + "b";
        var number = (int)rights + (int)Rights.All + local;
        var back = (Rights)number;
        Enum.Parse(typeof(Rights), text).ToString();
        Enum.GetName(typeof(Rights), back).Trim();
        Enum.TryParse("a", out Rights parsed);
        if (rate == 0m || rate == 1m || rate < 2.75m || rate > -3m) rate = 12345678901234567890m;
        return rights.ToString() + parsed.ToString("G") + back.GetHashCode() + when.Year + rate.ToString() + decimal.MaxValue + int.MaxValue + double.NaN + FileMode.Open;
    }
}
