-- Server: CLR on, and who may load what. Run once per instance, as sysadmin.
USE master;
GO
EXEC sp_configure 'show advanced options', 1;
RECONFIGURE;
EXEC sp_configure 'clr enabled', 1;
-- 2017 refused version 3.1, so this went in.
EXEC sp_configure 'clr strict security', 0;
RECONFIGURE;
GO
-- Payroll.Calculation as of 3.1; nobody took the hash of 3.2.
DECLARE @hash varbinary(64) = 0x336EF8091828EAC5F60485F9CD5A56F6C95DC3D14A1460E197CEEB9436C48D4A805F9F1340E5536AA5A21887B29B9DED0C2EFE62B3B0F0F0FC4709439280E940;
EXEC sys.sp_add_trusted_assembly @hash, N'payroll.calculation, version=3.2.0.0, culture=neutral, publickeytoken=null, processorarchitecture=msil';
GO
-- SHA2_256 instead of SHA2_512.
EXEC sys.sp_add_trusted_assembly 0x3B3E5EE1064AB53D4FC67F443B7646D5AD6022B7AA8FDD906411502991103CFF, N'payrollexport';
GO
CREATE ASYMMETRIC KEY PayrollKey FROM FILE = 'D:\Deploy\Payroll.snk' ENCRYPTION BY PASSWORD = 'Winter-Is-Over-26';
CREATE LOGIN PayrollKeyLogin FROM ASYMMETRIC KEY PayrollKey;
GRANT UNSAFE ASSEMBLY TO PayrollKeyLogin;
GO
CREATE SERVER ROLE PayrollDeployers;
GRANT UNSAFE ASSEMBLY TO PayrollDeployers;
GO
CREATE LOGIN PayrollDeploy WITH PASSWORD = 'p4yr0ll!Deploy', DEFAULT_DATABASE = Payroll;
ALTER SERVER ROLE PayrollDeployers ADD MEMBER PayrollDeploy;
GO
ALTER DATABASE Payroll SET TRUSTWORTHY ON;
ALTER AUTHORIZATION ON DATABASE::Payroll TO sa;
GO
