// References: Microsoft.CSharp. `dynamic`: what it calls is decided when it runs.
using System;
using System.Collections.Generic;
using System.IO;

public static class Dynamics
{
    public static void Use(dynamic any, object given)
    {
        any.Close();
        string text = any.Name;
        any.Count = 1;
        dynamic other = new MemoryStream();
        Console.WriteLine(any + 1);
        var item = any[0];
        File.Delete(text.Trim());
        GC.KeepAlive(item);
        other = given.ToString();
    }
}
