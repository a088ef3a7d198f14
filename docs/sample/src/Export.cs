// PayrollExport.dll: writes payslips to a folder of the server.
using System.Data.SqlClient;
using System.Data.SqlTypes;
using System.IO;
using System.Reflection;
using Microsoft.SqlServer.Server;

[assembly: AssemblyVersion("3.2.0.0")]

namespace Payroll
{
    public static class Export
    {
        [SqlProcedure]
        public static void WritePayslips(SqlString folder, SqlString department)
        {
            using (SqlConnection connection = new SqlConnection("context connection=true"))
            using (SqlCommand command = connection.CreateCommand())
            {
                connection.Open();
                command.CommandText = "SELECT EmployeeId, Gross, TaxClass FROM dbo.Salary WHERE Department = '" + department.Value + "'";
                using (SqlDataReader reader = command.ExecuteReader())
                    while (reader.Read())
                        File.WriteAllText(
                            Path.Combine(folder.Value, reader.GetInt32(0) + ".html"),
                            Salary.NetPay(reader.GetSqlMoney(1), reader.GetSqlInt32(2)).ToString());
            }
        }

        [SqlTrigger(Name = "SalaryChanged", Target = "dbo.Salary", Event = "FOR UPDATE")]
        public static void SalaryChanged()
        {
            SqlContext.Pipe.Send("Salaries changed: " + SqlContext.TriggerContext.ColumnCount);
        }
    }
}
