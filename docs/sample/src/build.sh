#!/bin/sh
# Compiles the three assemblies into bin/ with Mono (Debian: mono-mcs, mono-devel) and prints each as CREATE ASSEMBLY takes it.
# The bytes in 02-assembly.sql came from here; a new build has a new module version id and so another hash.
set -e
cd "$(dirname "$0")"
mkdir -p bin
compile() { mcs -sdk:4.8-api -target:library -r:System.Data.dll "$@"; }
compile -out:bin/Payroll.TaxTables.dll TaxTables.cs
compile -r:System.Web.dll -r:bin/Payroll.TaxTables.dll -out:bin/Payroll.Calculation.dll Calculation.cs
compile -r:bin/Payroll.Calculation.dll -out:bin/PayrollExport.dll Export.cs
for assembly in bin/Payroll.Calculation.dll bin/PayrollExport.dll; do
  printf '%s\n0x%s\n' "$assembly" "$(od -An -v -tx1 "$assembly" | tr -d ' \n' | tr a-f A-F)"
done
