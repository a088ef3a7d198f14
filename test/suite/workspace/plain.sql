-- Ordinary T-SQL: nothing of the CLR in it, and so nothing to say about it.
CREATE TABLE dbo.Salary (EmployeeId int NOT NULL PRIMARY KEY, Amount money NOT NULL);
GO
CREATE PROCEDURE dbo.RaiseSalary @EmployeeId int, @By money
AS
BEGIN
    SET NOCOUNT ON;
    UPDATE dbo.Salary SET Amount += @By WHERE EmployeeId = @EmployeeId;
    IF @@ROWCOUNT = 0 THROW 50000, N'no such employee: SET TRUSTWORTHY ON', 1;
END;
GO
SELECT EmployeeId, Amount FROM dbo.Salary ORDER BY Amount DESC
