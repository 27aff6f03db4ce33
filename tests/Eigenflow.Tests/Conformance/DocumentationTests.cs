using Eigenflow.Cli;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>What the product names, the page of its system explains.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void EveryPredictionMethodAndEventIsOnThePageOfItsSystem()
    {
        foreach (var system in SystemCatalog.All)
        {
            var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "systems", system.Id + ".md"));
            foreach (var name in system.Predictions.Concat(system.Events).Select(quantity => quantity.Name).Concat(system.Methods.Select(method => method.Name)))
                page.ShouldContain($"`{name}`", Case.Sensitive, system.Id);
        }
    }

    [Fact]
    public void EveryPredictionCarriesTheLabelAndSourceOfItsPage()
    {
        foreach (var system in SystemCatalog.All)
        {
            var rows = File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "systems", system.Id + ".md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
            var noisy = system.Parameters.Any(parameter => parameter.Name == "noise") ? Setting.Empty.With("noise", 0.05) : Setting.Empty;
            foreach (var prediction in system.Predict(noisy))
            {
                var row = rows.First(line => line.Contains($"`{prediction.Name}`", StringComparison.Ordinal));
                row.ShouldContain(prediction.Kind.ToString());
                row.ShouldContain(Array.Find(["derived", "fitted"], word => prediction.Source.StartsWith(word, StringComparison.Ordinal)) ?? "paper");
            }
        }
    }

    [Fact]
    public void EverySystemHasItsRowInTheReadme()
    {
        var readme = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "README.md"));
        foreach (var system in SystemCatalog.All)
        {
            var row = readme.Single(line => line.StartsWith($"| [`{system.Id}`](docs/systems/{system.Id}.md) |", StringComparison.Ordinal));
            row.ShouldContain(system.Citations[0].Identifier);
            foreach (var method in system.Methods)
                row.ShouldContain($"`{method.Name}`");
        }
    }

    [Fact]
    public async Task EverySystemIsCited()
    {
        SystemCatalog.Invite([.. TestedSystems.All.Except(SystemCatalog.All)]);
        foreach (var system in TestedSystems.All)
        {
            using var output = new StringWriter();
            using var screen = Screen.Of(output, TextWriter.Null);
            (await EigenflowCommand.RunAsync(["cite", system.Id], screen)).ShouldBe(0);
            foreach (var citation in system.Citations)
                output.ToString().ShouldContain("{" + citation.Key + ",");
        }
    }
}
