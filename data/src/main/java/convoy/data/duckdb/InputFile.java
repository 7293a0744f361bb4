package convoy.data.duckdb;

/**
 * One input file by its content.
 *
 * @param sha256 hex SHA-256 of its bytes
 * @param name its file name, without folders
 * @param size its bytes
 */
public record InputFile(String sha256, String name, long size) {}
