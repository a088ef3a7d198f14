-- Database: the T-SQL names of the managed code.
USE Payroll;
GO
CREATE FUNCTION dbo.NetPay (@gross money, @taxClass int) RETURNS money
AS EXTERNAL NAME [Payroll.Calculation].[Payroll.Salary].[Netpay];
GO
CREATE FUNCTION dbo.Html (@line nvarchar(4000)) RETURNS nvarchar(4000)
AS EXTERNAL NAME [Payroll.Calculation].[Payroll.Salary].[Html];
GO
CREATE FUNCTION dbo.Uptime () RETURNS bigint
AS EXTERNAL NAME [Payroll.Calc].[Payroll.Salary].[Uptime];
GO
CREATE AGGREGATE dbo.Median (@value money) RETURNS money
EXTERNAL NAME [Payroll.Calculation].[Median];
GO
CREATE PROCEDURE dbo.WritePayslips @folder nvarchar(260), @department nvarchar(50)
WITH EXECUTE AS OWNER
AS EXTERNAL NAME [Payroll.Export].[Payroll.Export].[WritePayslips];
GO
CREATE TRIGGER dbo.SalaryChanged ON dbo.Salary FOR UPDATE
AS EXTERNAL NAME [Payroll.Export].[Payroll.Export].[SalaryChanged];
GO
CREATE PROCEDURE dbo.SalariesOf @department nvarchar(50)
WITH EXECUTE AS OWNER
AS
BEGIN
    DECLARE @sql nvarchar(max) = N'SELECT EmployeeId, dbo.NetPay(Gross, TaxClass) FROM dbo.Salary WHERE Department = ''' + @department + N'''';
    EXEC (@sql);
END;
GO
