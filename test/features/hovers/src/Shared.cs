// Payroll.Shared.dll: what other assemblies call.
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Principal;
using System.Threading;
using Microsoft.SqlServer.Server;

[assembly: AllowPartiallyTrustedCallers]

public class Shared
{
    public static int count;
    public static readonly object gate = new object();
    [ThreadStatic]
    private static string last;

    [DllImport("kernel32.dll")]
    public static extern int GetTickCount();

    [SqlProcedure]
    public static void Save(string path)
    {
        Monitor.Enter(gate);
        using (SqlContext.WindowsIdentity.Impersonate())
            File.WriteAllText(path, "");
    }

    ~Shared()
    {
    }
}
