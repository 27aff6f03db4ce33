using System.Text.Encodings.Web;
using System.Text.Json;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests;

/// <summary>The tests of the front end typeset all symbols and sentences of the systems: the file from which they have them is what the catalog says.</summary>
public sealed class PageFormulaTests
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    [Fact]
    public void TheFileOfTheFrontEndIsWhatTheCatalogSays()
    {
        var quantities = SystemCatalog.All.SelectMany(system => system.Observables.Concat(system.Events).Concat(system.Predictions)).ToArray();
        var parameters = SystemCatalog.All.SelectMany(system => system.Parameters).ToArray();
        var made = JsonSerializer.Serialize(
            new
            {
                Symbols = parameters.Select(parameter => parameter.Symbol).Concat(quantities.Select(quantity => quantity.Symbol)).Where(symbol => symbol.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
                Sentences = quantities.Select(quantity => quantity.Meaning).Concat(parameters.Select(parameter => parameter.Help)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            },
            Options) + "\n";
        var file = Path.Combine(RepositoryRoot.Path, "src", "Eigenflow.FrontEnd", "src", "math", "fixtures", "catalog.json");
        if (string.Equals(File.ReadAllText(file), made, StringComparison.Ordinal))
            return;
        var fresh = Path.Combine(AppContext.BaseDirectory, "catalog.json");
        File.WriteAllText(fresh, made);
        Assert.Fail($"Symbols or sentences of the systems have changed: copy {fresh} to {file} and run 'npm test' in src/Eigenflow.FrontEnd.");
    }
}
