using System.IO;
using Microsoft.SqlServer.Server;

public class Letters
{
    [SqlFunction]
    public static string Body(string path)
    {
        return File.ReadAllText(path);
    }
}
