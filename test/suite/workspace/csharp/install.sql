CREATE ASSEMBLY Letters FROM 'Letters.dll' WITH PERMISSION_SET = SAFE;
GO
CREATE FUNCTION dbo.Body(@path nvarchar(260)) RETURNS nvarchar(max) AS EXTERNAL NAME Letters.Letters.Body;
