// mcs -target:library -out:Shapes.dll Shapes.cs
using System;
using System.Collections;
using System.Collections.Generic;

namespace Shapes {
    public enum Size : byte { Small = 1, Large = 200 }

    public class Constants {
        public const bool Yes = true;
        public const char Letter = 'x';
        public const sbyte Tiny = -1;
        public const short Short = -2;
        public const uint Unsigned = 4000000000;
        public const long Long = -5000000000;
        public const ulong Huge = 18000000000000000000;
        public const float Single = 0.5f;
        public const double Double = -0.25;
        public const string Text = "K\u00f6ln \u0141\u00f3d\u017a";
        public const string Nothing = null;
        public const Size Enumeration = Size.Large;
        public static readonly int[] Primes = { 2, 3, 5, 7, 11, 13, 17, 19 };
        public int Ordinary;
    }

    public class Destructed {
        ~Destructed() { }
    }

    public class SlotOfItsOwn {
        protected virtual void Finalize() { }
    }

    public class Numbers : IEnumerable<int>, IDisposable {
        IEnumerator<int> IEnumerable<int>.GetEnumerator() { yield return 1; }
        IEnumerator IEnumerable.GetEnumerator() { return null; }
        void IDisposable.Dispose() { }
        public int Total { get; set; }
        public Func<int> Later(int by) { return () => Total + by; }
    }
}
