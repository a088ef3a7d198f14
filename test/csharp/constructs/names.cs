// Names: aliases, static usings, nested and partial types, inheritance, extension methods, `nameof`, constants.
using System;
using System.Collections.Generic;
using System.IO;
using static System.Math;
using Text = System.Text.StringBuilder;
using Pairs = System.Collections.Generic.Dictionary<string, System.Collections.Generic.List<int>>;
using IO = System.IO;

namespace Outer
{
    using System.Text.RegularExpressions;

    namespace Inner
    {
        public static partial class Names
        {
            public static void Usings()
            {
                var text = new Text();
                text.Append("a").AppendLine();
                var pairs = new Pairs();
                pairs.Add("a", new List<int>());
                global::System.Console.WriteLine(Max(1, 2) + Sqrt(PI));
                IO::File.Exists("a");
                IO.Path.Combine("a", "b");
                Regex.IsMatch("a", "b");
                Constants.Path.Trim();
                var nothing = nameof(File.Exists) + nameof(text);
                nothing.ToUpperInvariant();
            }

            public class Nested
            {
                public class Deep
                {
                    public static string Read() { return File.ReadAllText(Shared); }
                }

                public string Call() { return Deep.Read(); }
            }
        }

        public static partial class Names
        {
            private static readonly string Shared = Environment.MachineName;

            public static void Extensions()
            {
                "a".Twice().Trim();
                new[] { 1 }.Last2().CompareTo(1);
                ((string)null).IsNothing();
            }
        }
    }

    public static class Constants
    {
        public const string Folder = "c:\\";
        public const string Path = Folder + "a";
        public const int Count = sizeof(int) * 2;
    }

    public static class MoreStrings
    {
        public static string Twice(this string text) { return string.Concat(text, text); }
        public static T Last2<T>(this IList<T> list) { return list[list.Count - 1]; }
        public static bool IsNothing(this object value) { return ReferenceEquals(value, null); }
    }

    public abstract class Animal
    {
        protected readonly Stream stream = new MemoryStream();
        protected Animal(string name) { Name = name.Trim(); }
        public string Name { get; private set; }
        public abstract void Speak();
        public virtual void Close() { stream.Close(); }
        public override string ToString() { return base.ToString() + Name.ToLower(); }
    }

    public sealed class Dog : Animal
    {
        public Dog() : this("dog") { }
        public Dog(string name) : base(name + "!") { }
        public override void Speak() { stream.WriteByte(1); Name.Substring(1); this.Close(); }
        public override void Close() { base.Close(); GC.SuppressFinalize(this); }
        ~Dog() { stream.Dispose(); }
    }

    public class Failure : ApplicationException
    {
        public Failure(string message, Exception inner) : base(message, inner) { }
        public override string Message { get { return base.Message.Trim(); } }
    }

    // A property named as its type.
    public class Colored
    {
        public ConsoleColor ConsoleColor { get; set; }
        public Guid Guid = Guid.NewGuid();
        public string Say() { return Guid.ToString() + Guid.Empty.ToString("N") + ConsoleColor.ToString(); }
    }
}
