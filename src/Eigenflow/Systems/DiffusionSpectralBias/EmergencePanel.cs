using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Emergence times of one solution against variances: dots of rising, falling and other modes apart, and the fitted laws.</summary>
internal static class EmergencePanel
{
    private static readonly (double Group, string Word, int Color)[] Groups = [(1, "rising", 0), (-1, "falling", 1), (0, "in no fit", CurveColors.Neutral)];

    /// <summary>When the modes of the largest and of the smallest variance emerge, in words; null where none does.</summary>
    public static string? Sentence(Solution solution)
    {
        double[] variances = solution["eigenvalue"], times = solution["emergence-time"];
        int[] emerged = [.. Enumerable.Range(0, times.Length).Where(k => times[k] > 0 && double.IsFinite(times[k])).OrderByDescending(k => variances[k])];
        string At(int k, string what) => $"{what}variance {DisplayNumber.Of(variances[k], 2)} emerges at training time {DisplayNumber.Of(times[k], 2)}";
        return emerged.Length == 0 ? null
            : variances[emerged[0]] == variances[emerged[^1]] ? At(emerged[0], "")
            : $"{At(emerged[0], "")}, {DisplayNumber.Of(variances[emerged[^1]], 2)} at {DisplayNumber.Of(times[emerged[^1]], 2)}";
    }

    /// <summary>The panel; its title names the criterion.</summary>
    public static Panel Of(Solution solution)
    {
        double[] variances = solution["eigenvalue"], times = solution["emergence-time"], groups = solution["group"];
        var series = new List<Series>();
        foreach (var (group, word, color) in Groups)
        {
            int[] own = [.. Enumerable.Range(0, times.Length).Where(k => groups[k] == group && times[k] > 0 && double.IsFinite(times[k]) && variances[k] > 0).OrderBy(k => variances[k])];
            if (own.Length == 0)
                continue;
            series.Add(new Series { Label = word, X = [.. own.Select(k => variances[k])], Y = [.. own.Select(k => times[k])], Style = SeriesStyle.Points, Role = SeriesRole.Theory, Color = color });
            if (solution.SummaryOf(word + "-exponent") is not { } exponent || solution.SummaryOf(word + "-prefactor") is not { } prefactor)
                continue;
            double[] ends = [variances[own[0]], variances[own[^1]]];
            series.Add(new Series { Label = $"fit, α = {DisplayNumber.Of(exponent, 3)}", X = ends, Y = [.. ends.Select(at => prefactor * Math.Pow(at, -exponent))], Style = SeriesStyle.Dashed, Role = SeriesRole.Fit, Color = color });
        }

        var criterion = solution.Setting[DiffusionParameters.Emerges.Name] is { } value ? $" ({Setting.Format(value)})" : "";
        return new Panel { Title = "emergence" + criterion, X = new Axis("variance λ", true), Y = new Axis("emergence time τ*", true), Series = series };
    }
}
