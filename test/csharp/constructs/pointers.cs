// unsafe code: fixed, stackalloc, pointers, sizeof, function imports.
using System;
using System.Runtime.InteropServices;

public static unsafe class Pointers
{
    [StructLayout(LayoutKind.Explicit)]
    public struct Both { [FieldOffset(0)] public int Whole; [FieldOffset(0)] public byte First; }
    public struct Buffer { public fixed byte Bytes[16]; public Both* Next; }

    [DllImport("kernel32", SetLastError = true, CharSet = CharSet.Unicode)]
    private static extern IntPtr LoadLibrary(string name);

    public static int Use(byte[] bytes, string text)
    {
        var sum = 0;
        fixed (byte* start = bytes) for (byte* at = start; at < start + bytes.Length; at++) sum += *at;
        fixed (byte* start = &bytes[0]) sum += start[1];
        fixed (char* letters = text) sum += letters[0];
        int* numbers = stackalloc int[4];
        numbers[0] = 1;
        *(numbers + 1) = Math.Abs(sum);
        var both = new Both();
        Both* pointer = &both;
        pointer->Whole = 2;
        (*pointer).First.ToString();
        pointer->First.CompareTo(1);
        Marshal.Copy(new IntPtr(numbers), bytes, 0, sizeof(int));
        Marshal.PtrToStringUni(LoadLibrary(text));
        Marshal.SizeOf(typeof(Both));
        var handle = (IntPtr)numbers;
        if (handle == IntPtr.Zero) throw new OutOfMemoryException(Marshal.GetLastWin32Error().ToString());
        return (int)handle + handle.ToInt32() + (int)(void*)handle;
    }
}
