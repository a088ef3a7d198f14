using Microsoft.SqlServer.Server;

public class Cache
{
    private static int limit = 10;

    [SqlFunction]
    public static int Limit()
    {
        return limit;
    }
}
