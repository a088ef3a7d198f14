// Query expressions with all clauses, over one variable and over several.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.IO;
using System.Linq;

public class Person { public string Name; public int Age; public DateTime Born { get; set; } public List<string> Pets = new List<string>(); public int Home; }
public class Home { public int Id; public string City { get; set; } }

public static class Queries
{
    public static void One(IEnumerable<Person> people, string[] texts, ArrayList plain, DataTable table)
    {
        (from p in people select p.Name.Trim()).ToList();
        (from p in people where p.Age > 1 select p).First().Name.Trim();
        (from p in people where p.Name.StartsWith("a") where p.Age > 2 select p.Born.AddDays(1)).ToArray();
        (from p in people orderby p.Name, p.Age descending, p.Born.Ticks select p.Name).Count();
        (from p in people orderby p.Age descending select p).Last().Name.ToUpper();
        (from p in people group p by p.Age).First().Key.ToString();
        (from p in people group p.Name.Trim() by p.Age into g where g.Count() > 1 select g.Key + g.First().Length).Sum();
        (from p in people select p.Name into name where name.Length > 1 select name.ToLower()).Max();
        (from string s in plain select s.Trim()).Any();
        (from text in texts let upper = text.ToUpper() where upper.Length > 1 select upper + text.Trim()).ToList();
        (from DataRow row in table.Rows where row["a"] != DBNull.Value select row["b"].ToString()).ToList();
        (from row in table.AsEnumerable() select row.Field<string>("a").Trim()).ToList();
        (from p in people select new { p.Name, Upper = p.Name.ToUpper() }).First().Upper.Trim();
        var later = from f in Directory.GetFiles("a") let info = new FileInfo(f) orderby info.Length select info.Name;
        foreach (var name in later) name.Trim();
    }

    public static void Several(IEnumerable<Person> people, IEnumerable<Home> homes, string[] texts)
    {
        (from p in people from pet in p.Pets select pet.Trim() + p.Name.Length).ToList();
        (from p in people from pet in p.Pets where pet.Length > p.Age orderby p.Born.Ticks, pet.Trim() select p.Name.PadLeft(pet.Length)).ToList();
        (from p in people join h in homes on p.Home equals h.Id select p.Name.Trim() + h.City.ToUpper()).ToList();
        (from p in people join h in homes on p.Home equals h.Id where h.City.StartsWith("a") select p.Born.AddDays(h.Id)).ToList();
        (from p in people join h in homes on p.Home equals h.Id into all from h in all.DefaultIfEmpty() select p.Name + h.City.Trim()).ToList();
        (from p in people join h in homes on p.Home equals h.Id into all select p.Name + all.Count()).ToList();
        (from p in people let a = p.Name.Trim() let b = a.ToUpper() let c = b.Length select a.PadLeft(c) + p.Age.ToString()).ToList();
        (from a in texts from b in texts from c in texts select a.Trim() + b.Trim() + c.Trim()).ToList();
        (from p in people let n = p.Name group n.Trim() by p.Born.Year into g orderby g.Key select g.Key.ToString() + g.First()).ToList();
        (from p in people let n = p.Name.Length group p by n).First().First().Name.Trim();
        (from a in texts from b in from c in texts where c.Length > 1 select c.Trim() select a.PadLeft(b.Length)).ToList();
    }

    public static void Methods(IEnumerable<Person> people, IEnumerable<Home> homes)
    {
        people.Where(p => p.Age > 1).OrderBy(p => p.Name).ThenByDescending(p => p.Age).Select(p => p.Name.Trim()).ToList();
        people.Select((p, i) => p.Name.PadLeft(i)).ToArray();
        people.SelectMany(p => p.Pets).Distinct().Select(pet => pet.ToUpper()).ToList();
        people.SelectMany(p => p.Pets, (p, pet) => pet.Trim() + p.Name.Trim()).ToList();
        people.GroupBy(p => p.Age).Select(g => g.Key.ToString() + g.Count()).ToList();
        people.GroupBy(p => p.Age, p => p.Name).SelectMany(g => g).Select(n => n.Trim()).ToList();
        people.ToDictionary(p => p.Name, p => p.Born)["a"].AddDays(1);
        people.ToDictionary(p => p.Name).Values.First().Name.Trim();
        people.ToLookup(p => p.Age)[1].First().Name.Trim();
        people.Join(homes, p => p.Home, h => h.Id, (p, h) => p.Name.Trim() + h.City.Trim()).ToList();
        people.Aggregate("a", (text, p) => text + p.Name.Trim()).Trim();
        people.Aggregate((a, b) => a.Born > b.Born ? a : b).Name.Trim();
        people.Sum(p => p.Age).ToString();
        people.Sum(p => (decimal)p.Age).ToString();
        people.Max(p => p.Born).AddDays(1);
        people.Min(p => p.Name).Trim();
        people.Average(p => p.Age).ToString();
        people.Zip(homes, (p, h) => p.Name + h.City).Skip(1).Take(2).Reverse().Concat(new[] { "a" }).Last().Trim();
        people.OfType<object>().Cast<Person>().FirstOrDefault(p => p.Age == 1)?.Name.Trim();
        people.Any(p => p.Pets.Any(pet => pet.Contains("a"))).ToString();
        people.All(p => p.Name.Length > 0);
        Enumerable.Range(1, 2).Select(i => i.ToString()).Aggregate((a, b) => a + b).Trim();
        Enumerable.Empty<string>().DefaultIfEmpty().Single();
        Enumerable.Repeat("a", 2).ToList().ForEach(Console.WriteLine);
        Enumerable.Sum(new[] { 1, 2 }).CompareTo(1);
    }
}
