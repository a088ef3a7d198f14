// mcs -target:library -out:Calls.dll Calls.cs
using System;
using System.Collections.Generic;

namespace Calls {
    public class Box<T> {
        public T Content;
        public static int Made;
        public void Put(T content) { Content = content; Made++; }
        public void Put(T content, int times) { Put(content); }
        public U As<U>(Func<T, U> convert) { return convert(Content); }
    }

    public static class Uses {
        public static int Sum(int first, __arglist) { return first; }

        public static unsafe string Everything(byte[] bytes, out int length) {
            var box = new Box<string>();
            box.Put("text \ud83d\ude00 \ud800", 2);
            length = box.As<int>(text => text.Length) + Sum(1, __arglist(2, "three")) + box.Content.Length;
            fixed (byte* first = bytes) { length += *first; }
            return new Dictionary<string, int[,]>().ToString();
        }
    }
}
