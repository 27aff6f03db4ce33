using Parquet;
using Parquet.Schema;

namespace Eigenflow.Studies;

/// <summary>Writes Parquet files with one row group into memory.</summary>
internal static class ParquetText
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="metadata">Key-value metadata in the order of the file.</param>
    /// <param name="write">Writes the columns in order, or null for no rows.</param>
    public static byte[] Write(ParquetSchema schema, IEnumerable<KeyValuePair<string, string>> metadata, Action<ParquetRowGroupWriter>? write)
    {
        using var stream = new MemoryStream();
        var writer = ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.None }).GetAwaiter().GetResult();
        writer.CustomMetadata = metadata.ToDictionary(StringComparer.Ordinal);
        if (write is not null)
        {
            using var group = writer.CreateRowGroup();
            write(group);
            group.CompleteValidate();
        }

        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return stream.ToArray();
    }
}
