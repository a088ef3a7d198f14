// The functions of T-SQL that are called without a schema, where a name that a script makes may stand as well.
// Source: learn.microsoft.com "What are the SQL database functions?" and the pages it lists; read 2026-11.

export const builtInFunctions: ReadonlySet<string> = new Set(
  `abs acos app_name applock_mode applock_test approx_count_distinct approx_percentile_cont approx_percentile_disc ascii asin
  assemblyproperty asymkey_id asymkeyproperty atan atn2 avg base64_decode base64_encode binary_checksum bit_count cast ceiling
  cert_id certencoded certprivatekey certproperty char charindex checksum checksum_agg choose coalesce col_length col_name
  collationproperty columnproperty compress concat concat_ws connectionproperty context_info convert cos cot count count_big
  cume_dist current_date current_request_id current_timestamp current_timezone current_timezone_id current_transaction_id
  current_user cursor_status database_principal_id databasepropertyex datalength date_bucket dateadd datediff datediff_big
  datefromparts datename datepart datetime2fromparts datetimefromparts datetimeoffsetfromparts datetrunc day db_id db_name
  decompress decryptbyasymkey decryptbycert decryptbykey decryptbykeyautoasymkey decryptbykeyautocert decryptbypassphrase degrees
  dense_rank difference edge_id_from_parts encryptbyasymkey encryptbycert encryptbykey encryptbypassphrase eomonth error_line
  error_message error_number error_procedure error_severity error_state exp file_id file_idex file_name filegroup_id
  filegroup_name filegroupproperty fileproperty filepropertyex first_value floor format formatmessage fulltextcatalogproperty
  fulltextserviceproperty generate_series get_bit get_filestream_transaction_context getansinull getdate getutcdate
  graph_id_from_edge_id graph_id_from_node_id greatest grouping grouping_id has_dbaccess has_perms_by_name hashbytes host_id
  host_name ident_current ident_incr ident_seed identity iif index_col indexkey_property indexproperty is_member is_objectsigned
  is_rolemember is_srvrolemember isdate isjson isnull isnumeric json_array json_arrayagg json_modify json_object json_objectagg
  json_path_exists json_query json_value key_guid key_id key_name lag last_value lead least left left_shift len log log10
  loginproperty lower ltrim max min min_active_rowversion month nchar newid newsequentialid node_id_from_parts ntile nullif
  object_definition object_id object_id_from_edge_id object_id_from_node_id object_name object_schema_name objectproperty
  objectpropertyex openjson openquery openrowset openxml original_db_name original_login parse parsename patindex percent_rank
  percentile_cont percentile_disc permissions pi power publishingservername pwdcompare pwdencrypt quotename radians rand rank
  regexp_count regexp_instr regexp_like regexp_replace regexp_substr replace replicate reverse right right_shift round row_number
  rowcount_big rtrim schema_id schema_name scope_identity serverproperty session_context session_user sessionproperty set_bit
  sign signbyasymkey signbycert sin smalldatetimefromparts soundex space sql_variant_property sqrt square stats_date stdev stdevp
  str string_agg string_escape string_split stuff substring sum suser_id suser_name suser_sid suser_sname switchoffset
  symkeyproperty sysdatetime sysdatetimeoffset system_user sysutcdatetime tan tertiary_weights textptr textvalid timefromparts
  todatetimeoffset translate trigger_nestlevel trim try_cast try_convert try_parse type_id type_name typeproperty unicode unistr
  upper user user_id user_name var varp verifysignedbyasymkey verifysignedbycert xact_state year`.split(/\s+/),
);
