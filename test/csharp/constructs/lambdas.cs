// Lambdas, anonymous methods, closures, delegates and events.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

public delegate bool Check(string path, out int code);

public class Lambdas
{
    private readonly string root = Path.GetTempPath();
    private static readonly Func<string, bool> exists = File.Exists;
    private readonly Func<int> count = () => Environment.ProcessorCount;
    private Action chained;

    public event EventHandler Changed;
    public event EventHandler<EventArgs> Moved { add { chained += () => chained.Method.ToString(); } remove { GC.KeepAlive(value); } }
    public static event Action Shared = delegate { Console.Beep(); };

    public void Closures(string name)
    {
        var full = Path.Combine(root, name);
        Func<string> read = () => File.ReadAllText(full) + root;
        Action<string> write = text => { File.WriteAllText(full, text); chained(); };
        Func<string, Func<int, string>> nested = outer => inner => outer.PadLeft(inner) + name.Trim();
        Action old = delegate () { File.Delete(full); };
        Check check = delegate (string path, out int code) { code = path.GetHashCode(); return exists(path); };
        write(read());
        nested("a")(1).ToLower();
        old();
        check(full, out var got);
        got.ToString();
        new Thread(() => Thread.Sleep(1)).Start();
        new Thread(Run).Start();
        new Thread(Run) { IsBackground = true }.Join();
        ThreadPool.QueueUserWorkItem(state => Console.WriteLine(state));
        ThreadPool.QueueUserWorkItem(RunWith, null);
        new Timer(_ => Run(), null, 0, 1).Dispose();
        Func<int, int, int> add = (a, b) => a + b;
        add.Invoke(1, 2).ToString();
        add.DynamicInvoke(1, 2);
        var list = new List<Action>();
        for (var i = 0; i < 2; i++) { var kept = i; list.Add(() => Console.WriteLine(kept)); }
        foreach (var one in list) one();
        list.ForEach(one => one.Invoke());
    }

    private void Run() { Thread.Yield(); }
    private static void RunWith(object state) { Monitor.PulseAll(state); }

    public void Multicast()
    {
        Action all = Run;
        all += Run;
        all -= Run;
        all = all + Run;
        all();
        all?.Invoke();
        chained += all;
        Changed?.Invoke(this, EventArgs.Empty);
        if (Changed != null) Changed(this, new EventArgs());
        Changed += (sender, e) => Console.WriteLine(sender);
        Changed += OnChanged;
        Changed -= OnChanged;
        Moved += OnChanged;
        Shared();
        AppDomain.CurrentDomain.ProcessExit += OnChanged;
        AppDomain.CurrentDomain.UnhandledException += (sender, e) => Environment.FailFast(e.ExceptionObject.ToString());
        all.GetInvocationList().Length.ToString();
    }

    private void OnChanged(object sender, EventArgs e) { sender.GetType(); }
}
