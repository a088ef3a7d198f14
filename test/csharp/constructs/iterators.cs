// Iterators, and foreach over all that can be walked.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.IO;
using System.Text.RegularExpressions;

public class Bag : IEnumerable<string>
{
    private readonly List<string> values = new List<string>();
    public IEnumerator<string> GetEnumerator() { foreach (var value in values) yield return value.Trim(); }
    IEnumerator IEnumerable.GetEnumerator() { return GetEnumerator(); }
    public void Add(string value) { values.Add(value); }
}

public class Walk
{
    public Walker GetEnumerator() { return new Walker(); }
    public struct Walker
    {
        public DateTime Current { get { return DateTime.UtcNow; } }
        public bool MoveNext() { return Environment.HasShutdownStarted; }
    }
}

public static class Iterators
{
    public static IEnumerable<string> Lines(string path)
    {
        using (var reader = new StreamReader(path))
        {
            string line;
            while ((line = reader.ReadLine()) != null)
            {
                if (line.Length == 0) yield break;
                yield return line.TrimEnd();
            }
        }
    }

    public static IEnumerable Plain() { try { yield return File.ReadAllBytes("a"); } finally { GC.Collect(); } }

    public static void All(string[] texts, int[,] grid, string text, IList list, DataTable table, Hashtable hash)
    {
        foreach (var one in texts) one.Trim();
        foreach (string one in texts) one.Trim();
        foreach (var cell in grid) cell.ToString();
        foreach (var letter in text) char.IsDigit(letter);
        foreach (var one in list) one.GetHashCode();
        foreach (string one in list) one.Trim();
        foreach (DataRow row in table.Rows) row["a"].ToString();
        foreach (DictionaryEntry entry in hash) entry.Key.ToString();
        foreach (var one in new List<string>()) one.Trim();
        foreach (var pair in new Dictionary<string, int>()) pair.Key.Trim().PadLeft(pair.Value);
        foreach (var key in new Dictionary<string, int>().Keys) key.Trim();
        foreach (var one in new HashSet<string>()) one.Trim();
        foreach (var one in new Queue<DateTime>()) one.AddDays(1);
        foreach (var one in new Bag { "a" }) one.Trim();
        foreach (var one in new Walk()) one.AddDays(1);
        foreach (var line in Lines("a")) line.Trim();
        foreach (IDisposable one in Plain()) one.Dispose();
        foreach (Match match in Regex.Matches(text, "a")) match.Groups[1].Value.Trim();
        foreach (int number in new long[1]) number.ToString();
        IEnumerable<string> many = texts;
        foreach (var one in many) { if (one == null) continue; if (one.Length > 1) break; one.Trim(); }
        foreach (object one in many) one.GetType();
        foreach (var drive in DriveInfo.GetDrives()) drive.Name.Trim();
    }
}
