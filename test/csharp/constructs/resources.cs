// lock, using, try with filters, goto, switch, checked, loops.
using System;
using System.Data.SqlClient;
using System.IO;

public class Resources
{
    private readonly object gate = new object();
    private static readonly object shared = new object();

    public void Locks() { lock (gate) { Console.Write(1); lock (shared) Console.Write(2); } lock (typeof(Resources)) Console.Write(3); }

    public void Usings(string text)
    {
        using (var connection = new SqlConnection("context connection=true"))
        using (var command = new SqlCommand(text, connection))
        {
            connection.Open();
            using (SqlDataReader reader = command.ExecuteReader()) while (reader.Read()) reader.GetString(0).Trim();
        }
        using (StreamReader one = new StreamReader(text), other = new StreamReader(text)) one.Read(new char[1], 0, 1);
        using (File.OpenRead(text)) { }
        var kept = new MemoryStream();
        using (kept) kept.WriteByte(1);
        using (var own = new Handle()) own.Use();
        using (var value = new Mark()) value.ToString();
    }

    public sealed class Handle : IDisposable { public void Use() { GC.KeepAlive(this); } public void Dispose() { GC.SuppressFinalize(this); } }
    public struct Mark : IDisposable { public void Dispose() { Console.Write(4); } }

    public int Tries(string path)
    {
        var again = 0;
    retry:
        try { return File.ReadAllText(path).Length; }
        catch (FileNotFoundException e) when (e.FileName.EndsWith(".txt")) { again++; if (again < 3) goto retry; throw; }
        catch (IOException e) { throw new InvalidOperationException(e.Message, e); }
        catch (Exception) when (Environment.UserInteractive) { return -1; }
        catch { Console.Error.WriteLine("a"); throw; }
        finally { Console.Out.Flush(); }
    }

    public string Switches(int number, string text, object any, Size size)
    {
        switch (number) { case 1: Console.Write(1); goto case 2; case 2: case 3: Console.Write(2); break; default: goto case 1; }
        switch (text) { case "a": return text.Trim(); case "b": case null: return "c"; default: break; }
        switch (size) { case Size.Small: return size.ToString(); case Size.Large: break; }
        return any.ToString();
    }

    public enum Size { Small, Large }

    public long Sums(int a, long b, decimal d)
    {
        checked { a = (int)b; a += a * a; }
        a = unchecked((int)b + 1);
        d = checked(d * 2 + a);
        d++;
        d -= 1.5m;
        var negative = -d;
        var converted = (int)d + (long)negative + (double)d;
        for (var i = 0; i < 3 && d > i; i++, d--) { if (d == 1) continue; Math.Floor(d); }
        do { b--; } while (b > Math.Abs(a));
        while (true) { if (d >= 1m || d < -1m) break; }
        return converted > 1 ? decimal.ToInt64(d) : (long)Math.Sqrt(b);
    }
}
