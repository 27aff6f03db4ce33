using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Problems and curves that several tasks of the reproduction share.</summary>
internal static class DiffusionCurves
{
    public const string Paper = DiffusionPredictions.Paper;
    public const string Derived = DiffusionPredictions.Derived;

    /// <summary>Half-width of a 95 % interval in standard errors.</summary>
    public const double Normal95 = 1.96;

    /// <summary>What claims of means over draws or runs compare: four is the limit of this.</summary>
    public const string Distance = "largest distance in standard errors, for the statement that ";

    /// <summary>The groups of the figures with one template each, their names and colours.</summary>
    public static readonly IReadOnlyList<(string Group, string Name, int Color)> Groups = [("global-sign", "sign flip", 0), ("so2", "SO(2)", 1), ("so3", "SO(3)", 2)];

    /// <summary>A problem on named templates.</summary>
    /// <param name="group">The group.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="estimator">The estimator.</param>
    public static DiffusionProblem Problem(string group, double sigma, EstimatorKind estimator = EstimatorKind.Orbit)
    {
        var form = new GroupForm(group);
        var (table, rows) = TemplateSet.Named(form.DefaultTemplates, form.Columns);
        var templates = TemplateSet.Of(table, rows, null);
        return new DiffusionProblem { Templates = templates, Group = form.Make(templates.Rows, templates.Columns), Sigma = sigma, Estimator = estimator, Kernel = form.IsTorus ? KernelKind.Torus : KernelKind.Edm };
    }

    /// <summary>The flip of one number ±1, in the variance-preserving kernel where α is not given.</summary>
    public static DiffusionProblem Toy(double sigma, EstimatorKind estimator, double? alpha = null) =>
        Problem("global-sign", sigma, estimator) with { Kernel = alpha is null ? KernelKind.VariancePreserving : KernelKind.Edm, Alpha = alpha };

    /// <summary>Numbers spaced evenly in the logarithm, the ends included.</summary>
    public static double[] Logarithmic(double from, double to, int count) => [.. TimeGrid.Logarithmic(from, to, count).Skip(1)];

    /// <summary>Means over draws as dots with 95 % intervals.</summary>
    public static Series Dots(string label, int color, IReadOnlyList<double> x, IReadOnlyList<DrawnMean> means) => new()
    {
        Label = label,
        X = [.. x],
        Y = [.. means.Select(mean => mean.Mean)],
        Lower = [.. means.Select(mean => mean.Mean - (Normal95 * mean.Error))],
        Upper = [.. means.Select(mean => mean.Mean + (Normal95 * mean.Error))],
        Color = color,
        Style = SeriesStyle.Points,
    };

    /// <summary>The claim that means over draws are what a theory says.</summary>
    public static Claim MeansClaim(string id, string statement, IEnumerable<(DrawnMean Mean, double Theory)> rows, int draws, string source, string obtained, PredictionKind kind = PredictionKind.Exact)
    {
        var test = MeanOfRuns.Of(rows.Select(row => (row.Mean.Mean, row.Theory, row.Mean.Error)));
        return Claim.AtMost(id, $"{Distance}{statement}", MeanOfRuns.Limit, test.Largest, source, DisplayText.Of($"{obtained}; {MeanOfRuns.Limit:0} standard errors are at most {100 * test.Resolution:0.##} % of the theory"), kind).At("draws", draws) with
        { Lacks = test.Resolution < MeanOfRuns.CoarsestResolution ? "" : DisplayText.Of($"{draws} draws are too few: {MeanOfRuns.Limit:0} standard errors are {100 * test.Resolution:0} % of the theory") };
    }

}
