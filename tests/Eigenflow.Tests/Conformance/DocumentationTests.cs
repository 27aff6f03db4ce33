using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems;

/// <summary>What the product names, the page of its system explains.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void EveryPredictionMethodAndEventIsOnThePageOfItsSystem()
    {
        foreach (var system in SystemCatalog.All)
        {
            var page = File.ReadAllText(Path.Combine(Root(), "docs", "systems", system.Id + ".md"));
            foreach (var name in system.Predictions.Concat(system.Events).Select(quantity => quantity.Name).Concat(system.Methods.Select(method => method.Name)))
                page.ShouldContain($"`{name}`", Case.Sensitive, system.Id);
        }
    }

    [Fact]
    public void EveryPredictionCarriesTheLabelAndSourceOfItsPage()
    {
        foreach (var system in SystemCatalog.All)
        {
            var rows = File.ReadLines(Path.Combine(Root(), "docs", "systems", system.Id + ".md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
            var noisy = system.Parameters.Any(parameter => parameter.Name == "noise") ? Setting.Empty.With("noise", 0.05) : Setting.Empty;
            foreach (var prediction in system.Predict(noisy))
            {
                var row = rows.First(line => line.Contains($"`{prediction.Name}`", StringComparison.Ordinal));
                row.ShouldContain(prediction.Kind.ToString());
                row.ShouldContain(Array.Find(["derived", "fitted"], word => prediction.Source.StartsWith(word, StringComparison.Ordinal)) ?? "paper");
            }
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Eigenflow.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        return folder.FullName;
    }
}
