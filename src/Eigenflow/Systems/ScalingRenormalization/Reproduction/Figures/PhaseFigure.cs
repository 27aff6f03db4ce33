using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The phase diagram over the exponents of ridge and width, without and with label noise, and the local exponents of the theory at finite samples beside it.</summary>
internal static class PhaseFigure
{
    private const double Capacity = 1.2, Source = 1.1, Averaging = 0.3;
    private const double Low = 25_000, High = 1e5;
    private const double MostSamples = 1e8;
    private const double Tolerance = 0.1;
    private const long Dimension = 1_000_000_000_000_000;
    private static readonly PhaseTable Table = new(Capacity, Source, Averaging);

    // Inside the regions, away from their borders, where exponents of both sides mix; below l = 0.4 the ridge leaves a few modes at any affordable number of samples.
    private static readonly (PhaseTerm Term, double Ridge, double Width, bool IsNoisy)[] Points =
    [
        (PhaseTerm.Ridge, 0.5, 2.8, false), (PhaseTerm.Features, 1, 1.5, false), (PhaseTerm.Features, 1.8, 1.5, false), (PhaseTerm.Width, 1, 0.5, false), (PhaseTerm.Width, 1.8, 0.7, false),
        (PhaseTerm.Noise, 0.9, 2, true), (PhaseTerm.Noise, 1.8, 2, true), (PhaseTerm.Noise, 1.8, 0.7, true),
    ];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] ridges = [.. Enumerable.Range(1, 20).Select(k => k / 10.0)], widths = [.. Enumerable.Range(2, 19).Select(k => 0.15 * k)];
        var target = TargetSpectrum.PowerLaw(Dimension, Capacity, Source);
        double[] quiet = new double[ridges.Length * widths.Length], noisy = new double[quiet.Length];
        for (var j = 0; j < widths.Length; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)j / widths.Length, "map"));
            for (var i = 0; i < ridges.Length; i++)
                (quiet[(j * ridges.Length) + i], noisy[(j * ridges.Length) + i]) = Local(target, Capacity, Averaging, ridges[i], widths[j], Low, High);
        }

        var distance = Distance(quiet, isNoisy: false);
        return new ReproductionResult
        {
            Claims = [.. Points.Select(point => AtPoint(target, point)), .. OtherPoints(), Mean("phase-map", "without", quiet, distance), Mean("phase-map-noisy", "with", noisy, Distance(noisy, isNoisy: true))],
            Figures =
            [
                new Figure
                {
                    Id = "figure-4",
                    Title = $"Without label noise the phase table is within {DisplayNumber.Of(distance, 2)} of the theory at P = 5×10⁴ on average",
                    Columns = 2,
                    Caption = $"Exponent p of the test error, E ∝ P^{{−p}}, where the ridge falls as P^{{−l}} and the width grows as P^{{q}}: smallest of the phase table without (a) and with label noise (c), with dotted borders of the regions, and slope of the theory between P = {DisplayNumber.Of(Low)} and {DisplayNumber.Of(High)} (b, d). α = 1.2, r = 1.1, weights of variance j^{{−1/1.3}}, for which c = 0.3; σ² = 1 in (c, d); D = 10^{{15}}.",
                    Panels =
                    [
                        Map("phase table, no noise", ridges, widths, Exponents(isNoisy: false), 1.8, isNoisy: false), Map("theory, no noise", ridges, widths, quiet, 1.8, null),
                        Map("phase table, label noise", ridges, widths, Exponents(isNoisy: true), 1, isNoisy: true), Map("theory, label noise", ridges, widths, noisy, 1, null),
                    ],
                },
            ],
        };

        double[] Exponents(bool isNoisy) => [.. widths.SelectMany(width => ridges.Select(ridge => Table.Dominant(ridge, width, isNoisy).Exponent))];

        double Distance(double[] measured, bool isNoisy) => measured.Zip(Exponents(isNoisy), (slope, exponent) => Math.Abs(slope - exponent)).Average();
    }

    /// <summary>Local exponents between two numbers of samples, without and with label noise.</summary>
    private static (double Quiet, double Noisy) Local(TargetSpectrum target, double capacity, double averaging, double ridge, double width, double low, double high)
    {
        var (first, firstNoisy) = At(low);
        var (last, lastNoisy) = At(high);
        return (Math.Log(first / last) / Math.Log(high / low), Math.Log(firstNoisy / lastNoisy) / Math.Log(high / low));

        (double Quiet, double Noisy) At(double samples)
        {
            var layer = new LayerForm(averaging == 1 ? LayerKind.Gaussian : LayerKind.Structured, Math.Min(Dimension, Math.Round(Math.Pow(samples, width))), averaging == 1 ? 0 : 1 / (1 + averaging));
            var problem = new RegressionProblem { Target = target, Samples = samples, Ridge = Math.Pow(samples, -ridge) * layer.Gain(target.Dimension), Layers = [layer] };
            var at = problem.Equivalent().At(problem.Ridge);
            return (at.Risk(0).Error, at.Risk(1).Error);
        }
    }

    private static Claim AtPoint(TargetSpectrum target, (PhaseTerm Term, double Ridge, double Width, bool IsNoisy) point) => Slope(target, Table, point);

    // Independent columns, where also the number of samples limits: the same table with c = 1.
    private static IEnumerable<Claim> OtherPoints()
    {
        var table = new PhaseTable(1.5, 0.8);
        var target = TargetSpectrum.PowerLaw(Dimension, table.Capacity, table.Source);
        foreach (var point in ((PhaseTerm, double, double, bool)[])[(PhaseTerm.Data, 2.2, 2.2, false), (PhaseTerm.Ridge, 0.7, 2, false), (PhaseTerm.Width, 1.8, 0.5, false), (PhaseTerm.Features, 1.8, 1.2, false), (PhaseTerm.Noise, 0.6, 2, true)])
            yield return Slope(target, table, point);
    }

    private static Claim Slope(TargetSpectrum target, PhaseTable table, (PhaseTerm Term, double Ridge, double Width, bool IsNoisy) point)
    {
        var (term, exponent) = table.Dominant(point.Ridge, point.Width, point.IsNoisy);
        if (term != point.Term)
            throw new InvalidOperationException($"the point {point} lies in the region {term}");
        double Part(double low, double high) => Local(target, table.Capacity, table.Averaging, point.Ridge, point.Width, low, high) is var (quiet, noisy) && point.IsNoisy ? noisy : quiet;

        // As many samples as widths of 10¹⁵ allow: exponents come slowly to their limits.
        var high = Math.Round(Math.Min(MostSamples, Math.Pow(Dimension, 1 / point.Width)) * (1 - 1e-9));
        double low = high / 4, middle = high / 2;
        var name = point.Term.ToString().ToLowerInvariant();
        return Claim.Absolute(
            FormattableString.Invariant($"phase-c{10 * table.Averaging:0}-{name}-l{10 * point.Ridge:0}-q{10 * point.Width:0}{(point.IsNoisy ? "-noise" : "")}"),
            DisplayText.Of($"exponent of the error where {Words(term)} limits (α = {table.Capacity}, r = {table.Source}, c = {table.Averaging}, l = {point.Ridge}, q = {point.Width}{(point.IsNoisy ? ", σ² = 1" : "")})"),
            exponent, Part(low, high), Tolerance, RegressionReproduction.Paper, DisplayText.Of($"slope of the theory between P = {low:G3} and {high:G3}"), PredictionKind.Asymptotic, Math.Abs(Part(low, middle) - Part(middle, high)) / 2) with
        { Interval = "half the difference between the slopes of both halves" };
    }

    private static Claim Mean(string id, string noise, double[] measured, double distance) => Claim.AtMost(
        id, $"the phase table {noise} label noise over the whole map (α = 1.2, r = 1.1, c = 0.3): mean distance to the slopes of the theory", Tolerance, distance, RegressionReproduction.Paper, $"mean over {measured.Length} points of the map, P = 2.5×10⁴ to 10⁵", PredictionKind.Asymptotic);

    private static Panel Map(string title, double[] ridges, double[] widths, double[] values, double largest, bool? isNoisy) => new()
    {
        Title = title,
        X = new Axis("ridge exponent l", false, ridges[0], ridges[^1]),
        Y = new Axis("width exponent q", false, widths[0], widths[^1]),
        HeatMap = new HeatMap { Label = "exponent p", X = ridges, Y = widths, Values = values, Minimum = 0, Maximum = largest },
        Series = isNoisy is { } noisy ? [.. Borders(noisy, ridges[0], ridges[^1], widths[0], widths[^1])] : [],
        Annotations = isNoisy is { } named ? [.. Names(named, ridges, widths)] : [],
    };

    // Where the dominant term changes along q for every l, and upright borders, where it changes along l at one place for all q.
    private static IEnumerable<Series> Borders(bool isNoisy, double left, double right, double bottom, double top)
    {
        const int Columns = 200, Rows = 200;
        PhaseTerm Term(double ridge, double width) => Table.Dominant(ridge, width, isNoisy).Term;
        var along = Changes(left, right, Columns, bottom, top, Rows, Term);

        // A narrow region between two others widens such a border by less than a column.
        var column = (right - left) / Columns;
        var across = Changes(bottom, top, Rows, left, right, Columns, (width, ridge) => Term(ridge, width)).Where(border => border.Y.Max() - border.Y.Min() < column)
            .Select(border => (X: border.Y.Select(_ => border.Y.Order().ElementAt(border.Y.Count / 2)).ToList(), Y: border.X));
        return along.Concat(across).Where(border => border.X.Count > 1).Select(border => new Series { Label = "", X = [.. border.X], Y = [.. border.Y], Color = CurveColors.Neutral, Style = SeriesStyle.Dotted });
    }

    private static List<(List<double> X, List<double> Y)> Changes(double left, double right, int columns, double bottom, double top, int rows, Func<double, double, PhaseTerm> term)
    {
        var borders = new Dictionary<(PhaseTerm, PhaseTerm), (List<double> X, List<double> Y)>();
        for (var i = 0; i <= columns; i++)
        {
            var x = left + ((right - left) * i / columns);
            for (var j = 0; j < rows; j++)
            {
                double Row(int row) => bottom + ((top - bottom) * row / rows);
                PhaseTerm below = term(x, Row(j)), above = term(x, Row(j + 1));
                if (below == above)
                    continue;
                if (!borders.TryGetValue((below, above), out var border))
                    borders[(below, above)] = border = ([], []);
                border.X.Add(x);
                border.Y.Add(ScalarRoot.Find(y => term(x, y) == below ? -1 : 1, Row(j), Row(j + 1)));
            }
        }

        return [.. borders.Values];
    }

    // In the middle of each region.
    private static IEnumerable<Annotation> Names(bool isNoisy, double[] ridges, double[] widths) =>
        from ridge in ridges
        from width in widths
        group (ridge, width) by Table.Dominant(ridge, width, isNoisy).Term into region
        let x = region.Average(cell => cell.ridge)
        let y = region.Average(cell => cell.width)
        let place = region.MinBy(cell => Math.Pow(cell.ridge - x, 2) + Math.Pow(cell.width - y, 2))
        select new Annotation(place.ridge, place.width, Words(region.Key));

    private static string Words(PhaseTerm term) => term switch { PhaseTerm.Data => "data", PhaseTerm.Ridge => "ridge", PhaseTerm.Width => "width", PhaseTerm.Features => "features", _ => "label noise" };
}
