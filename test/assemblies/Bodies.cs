// mcs -sdk:4.8-api -target:library -optimize+ -out:Bodies.dll Bodies.cs
using System;
using System.Collections.Generic;
using System.IO;

public class Bodies
{
    static readonly object gate = new object();
    readonly string name = "n";

    public static string Choose(bool flag, string given)
    {
        return (flag ? given : "none") + "!";
    }

    public static int Loop(int[] values)
    {
        int sum = 0;
        foreach (int value in values) sum += value;
        return sum;
    }

    public static int Guard(string path)
    {
        try
        {
            return File.ReadAllText(path).Length;
        }
        catch (IOException problem)
        {
            throw new InvalidOperationException("no file", problem);
        }
        finally
        {
            Console.WriteLine("done");
        }
    }

    public static int Locked()
    {
        lock (gate) return 1;
    }

    public static Func<int, int> Adder(int left)
    {
        return right => left + right;
    }

    public static IEnumerable<int> Count(int to)
    {
        for (int at = 0; at < to; at++) yield return at;
    }

    public static string Named(string text)
    {
        switch (text)
        {
            case "one": return "1";
            case "two": return "2";
            default: return null;
        }
    }

    public string Field(ref int count)
    {
        count = count + 1;
        return this.name;
    }

    public static object Boxed(long value, object other)
    {
        string text = other as string;
        if (text == null) return value;
        return (object)text;
    }
}
