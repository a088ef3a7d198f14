-- Database: who may use what.
USE Payroll;
GO
CREATE ROLE PayrollUsers;
GRANT EXECUTE ON OBJECT::dbo.NetPay TO PayrollUsers;
GRANT EXECUTE ON OBJECT::dbo.WritePayslips TO PayrollUsers;
GRANT EXECUTE ON ASSEMBLY::[Payroll.Calculation] TO PayrollUsers;
GO
