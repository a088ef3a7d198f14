// Payroll.TaxTables.dll: what Payroll.Calculation looks rates up in. No script of the deployment creates it.
using System.Reflection;

[assembly: AssemblyVersion("3.2.0.0")]

namespace Payroll
{
    public static class TaxTables
    {
        public static decimal RateOf(int taxClass)
        {
            switch (taxClass)
            {
                case 1: return 0.19m;
                case 2: return 0.27m;
                default: return 0.42m;
            }
        }
    }
}
