// Attributes with arguments of every form; security declarations; conditional calls; explicit layouts.
#define AUDIT
using System;
using System.ComponentModel;
using System.Data.SqlTypes;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security;
using Microsoft.SqlServer.Server;

[assembly: AssemblyTitle("a" + "b"), AssemblyVersion("1.2.3.4")]
[assembly: CLSCompliant(false)]

[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
public sealed class MarkAttribute : Attribute
{
    public MarkAttribute() { }
    public MarkAttribute(string name, params int[] numbers) { Name = name.Trim(); }
    public MarkAttribute(Type type, ConsoleColor color = ConsoleColor.Red, object any = null) { Name = type.FullName; }
    public string Name { get; set; }
    public Type[] Types;
    public string[] Texts;
}

[Mark, Mark("a", 1, 2), Mark(typeof(string), ConsoleColor.Blue, 1L), Mark(typeof(MarkAttribute), any: "a", Types = new[] { typeof(int), typeof(int[]) }, Texts = new string[0])]
[StructLayout(LayoutKind.Sequential, Pack = 1), Serializable]
[SqlUserDefinedType(Format.Native, IsByteOrdered = true, Name = "Marked")]
public struct Marked : INullable
{
    [Mark(Name = "b")] public int Value;
    [field: NonSerialized] private bool nothing;
    public bool IsNull { [Mark] get { return nothing; } }
    public static Marked Null { get { return new Marked { nothing = true }; } }
    public override string ToString() { return Value.ToString(); }
    [SqlMethod(DataAccess = DataAccessKind.None, OnNullCall = false)]
    public static Marked Parse(SqlString text) { return new Marked { Value = int.Parse(text.Value) }; }
}

public static class Attributed
{
    [SqlFunction(DataAccess = DataAccessKind.Read, FillRowMethodName = nameof(Fill), TableDefinition = "a int")]
    [return: Mark]
    public static System.Collections.IEnumerable Rows([Mark("c")] SqlInt32 count) { return new int[count.Value]; }
    public static void Fill(object row, out SqlInt32 value) { value = new SqlInt32((int)row); }

    [SqlProcedure, SecuritySafeCritical, MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.Synchronized)]
    public static void Run([CallerMemberName] string caller = "", [CallerLineNumber] int line = 0)
    {
        Log(caller.Trim());
        Unlogged(Environment.MachineName);
        Debug.WriteLine(Environment.UserName);
        Trace.WriteLine(caller);
        SqlContext.Pipe.Send(line.ToString());
    }

    [Conditional("AUDIT")] private static void Log(string text) { Console.WriteLine(text); }
    [Conditional("NEVER")] private static void Unlogged(string text) { Console.Error.WriteLine(text); }
    [Obsolete("a", false), EditorBrowsable(EditorBrowsableState.Never)] public static void Old() { Type.GetType("a").GetMethod("b").Invoke(null, new object[0]); }
}
