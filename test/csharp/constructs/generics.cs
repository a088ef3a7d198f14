// Generic types and methods, constraints, inference, variance.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;

public interface IStore<in TKey, out TValue> { TValue Get(TKey key); }

public class Store<TKey, TValue> : IStore<TKey, TValue> where TValue : class, IDisposable, new()
{
    private readonly Dictionary<TKey, TValue> values = new Dictionary<TKey, TValue>();

    public TValue Get(TKey key)
    {
        TValue value;
        if (!values.TryGetValue(key, out value)) values[key] = value = new TValue();
        value.Dispose();
        return value ?? default(TValue);
    }

    public class Entry
    {
        public KeyValuePair<TKey, TValue> Pair;
        public string Say() { return Pair.Key.ToString() + Pair.Value.GetHashCode(); }
    }
}

public class Streams : Store<string, MemoryStream>
{
    public long Length(string key) { return Get(key).Length; }
}

public class Ordered<T> : Collection<T> where T : IComparable<T>
{
    protected override void InsertItem(int index, T item)
    {
        if (Count > 0 && item.CompareTo(this[0]) < 0) index = 0;
        base.InsertItem(index, item);
    }
}

public struct Pair<A, B> : IEquatable<Pair<A, B>>
{
    public A One;
    public B Other;
    public bool Equals(Pair<A, B> other) { return EqualityComparer<A>.Default.Equals(One, other.One) && Equals((object)Other, other.Other); }
    public override int GetHashCode() { return One.GetHashCode(); }
    public override bool Equals(object any) { return any is Pair<A, B> && Equals((Pair<A, B>)any); }
}

public static class Generics
{
    public static T First<T>(IEnumerable<T> values) { foreach (var value in values) return value; return default(T); }
    public static R Map<T, R>(T value, Func<T, R> map) { return map(value); }
    public static void Close<T>(T value) where T : Stream { value.Close(); value.Flush(); }
    public static T Make<T>() where T : new() { return new T(); }

    public static void Use()
    {
        First(new[] { "a" }).Trim();
        First(new List<DateTime>()).AddDays(1);
        First<string>(new[] { "a" }).ToUpper();
        Map("a", text => text.Length).CompareTo(1);
        Map(1, number => number.ToString()).PadLeft(2);
        Map<string, int>("a", int.Parse).ToString();
        Close(new MemoryStream());
        Make<List<string>>().Add("a");
        Tuple.Create(1, "a").Item2.Trim();
        Array.ConvertAll(new[] { "1" }, int.Parse)[0].ToString();
        Array.Sort(new[] { 1 }, (a, b) => b.CompareTo(a));
        Array.Find(new[] { "a" }, one => one.StartsWith("a")).Trim();
        Array.IndexOf(new[] { 1 }, 1);
        new List<string> { "a" }.ConvertAll(one => one.Length).ForEach(Console.WriteLine);
        IStore<string, Stream> store = new Streams();
        store.Get("a").ReadByte();
        IEnumerable<object> objects = new List<string>();
        objects.GetEnumerator().MoveNext();
        Activator.CreateInstance<List<int>>().Clear();
        var nested = new Dictionary<string, List<KeyValuePair<int, string>>>();
        nested["a"][0].Value.Trim();
        Lazy<MemoryStream> lazy = new Lazy<MemoryStream>(() => new MemoryStream());
        lazy.Value.ToArray();
        new Pair<int, string> { One = 1, Other = "a" }.Other.Trim();
        Nullable.Compare<int>(1, null);
        Comparer<string>.Default.Compare("a", "b");
    }
}
