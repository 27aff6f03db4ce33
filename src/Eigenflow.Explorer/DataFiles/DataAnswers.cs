using System.Text;
using System.Text.Json;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Microsoft.AspNetCore.Http;

namespace Eigenflow.Explorer.DataFiles;

/// <summary>What the endpoints of data have in common: their work, and the parts of their answers.</summary>
internal static class DataAnswers
{
    /// <summary>Works in the queue; errors name files as the user does.</summary>
    public static async Task<T> Work<T>(HttpContext context, WorkQueue queue, DataStore store, Func<CancellationToken, T> work)
    {
        try
        {
            return await queue.Run(work, context.RequestAborted);
        }
        catch (Exception exception) when (Trouble.Of(exception).Cause is EigenflowException cause and not ExplorerException && store.Plain(cause.Message) is var plain && plain != cause.Message)
        {
            throw new ExplorerException(plain);
        }
    }

    /// <summary>Answers with a text that is saved as a file.</summary>
    public static Task Text(HttpContext context, string kind, string text)
    {
        context.Response.ContentType = kind + "; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).AsTask();
    }

    /// <summary>What is wrong with a format.</summary>
    public static ExplorerException UnknownFormat(string format, string allowed) => new($"The format '{format}' is not known; use {allowed}.");

    /// <summary>Writes figure, tables, sentences and command line.</summary>
    public static void Write(Utf8JsonWriter writer, Figure figure, IReadOnlyList<Table> tables, IEnumerable<string> sentences, string command)
    {
        writer.WritePropertyName("figure");
        FigureJson.Write(writer, figure);
        Tables(writer, tables);
        writer.Texts("sentences", sentences.Select(Sentence));
        writer.WriteString("command", command);
    }

    /// <summary>Words of the command, which begin small in its lists, as a sentence: names with other letters stay as they are.</summary>
    public static string Sentence(string words)
    {
        var first = words.Split(' ', 2)[0].TrimEnd(':');
        return first.Length > 0 && first.All(letter => char.IsAsciiLetterLower(letter) || letter == '-') ? char.ToUpperInvariant(words[0]) + words[1..] : words;
    }

    /// <summary>Writes tables, as they are printed.</summary>
    public static void Tables(Utf8JsonWriter writer, IReadOnlyList<Table> tables)
    {
        writer.Objects("tables", tables, table =>
        {
            writer.WriteString("id", table.Id);
            writer.WriteString("title", table.Title);
            writer.Texts("columns", table.Columns);
            writer.Rows("rows", table.Rows);
        });
    }
}
