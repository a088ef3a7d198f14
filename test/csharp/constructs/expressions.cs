// Expression trees.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Linq.Expressions;

public class Order { public int Id { get; set; } public string Name; public decimal Sum; public List<Order> Parts; public DateTime? When; }

public static class Trees
{
    private static int shared = 1;

    public static void Use(IQueryable<Order> orders, string text)
    {
        var wanted = text.Length;
        Expression<Func<Order, bool>> one = o => o.Id == wanted && o.Name.StartsWith(text);
        one.Compile()(new Order());
        Expression<Func<int, int>> twice = n => n * 2 + shared;
        twice.Body.ToString();
        Expression<Func<string>> read = () => File.ReadAllText("a");
        Expression<Action> act = () => Console.WriteLine("a");
        Expression<Func<Order>> make = () => new Order { Id = 1, Name = "a" };
        Expression<Func<Order, object>> anonymous = o => new { o.Id, o.Name };
        Expression<Func<int[]>> array = () => new[] { 1, 2 };
        Expression<Func<object, string>> cast = o => (string)o;
        Expression<Func<object, bool>> test = o => o is string || !(o as string == null);
        Expression<Func<int[], int>> element = a => a[0] > 1 ? a.Length : -a[1];
        Expression<Func<int, Func<int, int>>> nested = a => b => a + b;
        Expression<Func<Order, decimal?>> nullable = o => o.Sum;
        orders.Where(o => o.Sum > 1).OrderBy(o => o.Id).Select(o => o.Name).ToList();
        orders.Where(one).Count(o => o.Parts.Any(p => p.Id == 1)).ToString();
        (from o in orders where o.Id > 1 select o.Name).First().Trim();
        act.Compile()();
        GC.KeepAlive(read); GC.KeepAlive(make); GC.KeepAlive(anonymous); GC.KeepAlive(array); GC.KeepAlive(cast);
        GC.KeepAlive(test); GC.KeepAlive(element); GC.KeepAlive(nested); GC.KeepAlive(nullable);
    }
}
