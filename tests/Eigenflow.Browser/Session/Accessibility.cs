using System.Text.Json;
using Eigenflow.Tests;
using Microsoft.Playwright;

namespace Eigenflow.Browser;

/// <summary>What axe-core (Deque, MPL-2.0) finds on a page: the rules of WCAG 2.2 and of good practice, contrast among them.</summary>
internal static class Accessibility
{
    private static readonly Lazy<string> Source = new(() =>
    {
        var file = Path.Combine(RepositoryRoot.Path, "src", "Eigenflow.FrontEnd", "node_modules", "axe-core", "axe.min.js");
        return File.Exists(file) ? File.ReadAllText(file) : throw new InvalidOperationException($"{file} is missing: the build of the front end restores it with Node.js ('npm ci').");
    });

    /// <summary>The violations, one line each: rule, weight, and what violates it.</summary>
    public static async Task<string[]> Violations(IPage page)
    {
        // As an expression it runs beside the page, whose content security policy allows no script of others.
        await page.EvaluateAsync(Source.Value);
        var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(v => ({ id: v.id, impact: v.impact, nodes: v.nodes.map(n => n.target.join(' ') + ' ' + n.html.slice(0, 160) + ' ' + n.failureSummary.replaceAll('\\n', ' ')) }))");
        return [.. found.EnumerateArray().SelectMany(rule => rule.GetProperty("nodes").EnumerateArray().Select(node => $"{rule.GetProperty("id")} ({rule.GetProperty("impact")}): {node}"))];
    }
}
