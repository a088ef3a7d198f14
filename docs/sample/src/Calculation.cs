// Payroll.Calculation.dll: what a payslip says.
using System;
using System.Collections.Generic;
using System.Data.SqlTypes;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Web;
using Microsoft.SqlServer.Server;

[assembly: AssemblyVersion("3.2.0.0")]

namespace Payroll
{
    public static class Salary
    {
        // One copy for every session of the database.
        private static decimal lastRate;
        private static Dictionary<int, decimal> rates = new Dictionary<int, decimal>();
        private static readonly decimal Allowance = 1025m;

        [DllImport("kernel32.dll")]
        private static extern uint GetTickCount();

        [SqlFunction(IsDeterministic = true)]
        public static SqlMoney NetPay(SqlMoney gross, SqlInt32 taxClass)
        {
            if (gross.IsNull || taxClass.IsNull) return SqlMoney.Null;
            if (!rates.TryGetValue(taxClass.Value, out lastRate))
                rates[taxClass.Value] = lastRate = TaxTables.RateOf(taxClass.Value);
            return new SqlMoney(gross.Value - Math.Max(0m, gross.Value - Allowance) * lastRate);
        }

        [SqlFunction]
        public static SqlString Html(SqlString line)
        {
            return line.IsNull ? SqlString.Null : new SqlString(HttpUtility.HtmlEncode(line.Value));
        }

        [SqlFunction]
        public static SqlInt64 Uptime()
        {
            return GetTickCount();
        }
    }

    [Serializable]
    [SqlUserDefinedAggregate(Format.UserDefined, MaxByteSize = 8000)]
    public class Median : IBinarySerialize
    {
        private List<decimal> values;

        ~Median()
        {
            values = null;
        }

        public void Init()
        {
            values = new List<decimal>();
        }

        public void Accumulate(SqlMoney value)
        {
            if (!value.IsNull) values.Add(value.Value);
        }

        public void Merge(Median group)
        {
            values.AddRange(group.values);
        }

        public SqlMoney Terminate()
        {
            if (values.Count == 0) return SqlMoney.Null;
            values.Sort();
            return new SqlMoney(values[values.Count / 2]);
        }

        public void Read(BinaryReader reader)
        {
            Init();
            for (int left = reader.ReadInt32(); left > 0; left--) values.Add(reader.ReadDecimal());
        }

        public void Write(BinaryWriter writer)
        {
            writer.Write(values.Count);
            foreach (decimal value in values) writer.Write(value);
        }
    }
}
