// async and await, awaiters of one's own among them.
using System;
using System.IO;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

public class Later
{
    public Awaiter GetAwaiter() { return new Awaiter(); }
    public struct Awaiter : INotifyCompletion
    {
        public bool IsCompleted { get { return Environment.Is64BitProcess; } }
        public string GetResult() { return Environment.NewLine; }
        public void OnCompleted(Action then) { ThreadPool.QueueUserWorkItem(_ => then()); }
    }
}

public class Asynchronous
{
    public async Task Plain() { await Task.Delay(1); }
    public async Task<string> Value(Stream stream)
    {
        using (var reader = new StreamReader(stream))
        {
            var text = await reader.ReadToEndAsync();
            return text.Trim() + await Own();
        }
    }
    public async Task<int> Own() { return (await new Later()).Length; }
    public async void Nothing()
    {
        try { await Task.Yield(); }
        catch (WebException e) when (e.Status == WebExceptionStatus.Timeout) { await Task.FromResult(1).ConfigureAwait(false); }
        finally { GC.Collect(); }
    }
    public async Task<string[]> All()
    {
        Func<Task<int>> later = async () => { await Task.Delay(1); return 1; };
        Func<string, Task> run = async text => await Task.Run(() => Console.WriteLine(text));
        await run("a");
        var both = await Task.WhenAll(Task.FromResult(await later()), Task.Run(() => Environment.TickCount));
        foreach (var one in both) await Task.Delay(one);
        return await Task.WhenAll(Task.FromResult("a"));
    }
    public Task<int> Started() { return Task.Factory.StartNew(() => Thread.CurrentThread.ManagedThreadId); }
    public Task Then() { return Started().ContinueWith(done => done.Result.ToString()).ContinueWith(done => { done.Result.Trim(); }); }
}
