using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Beyond the paper: full-batch descent on n rows, how many rows recover the teacher, and what is overfitted.</summary>
internal static class FiniteSampleTask
{
    private const int Replicas = 32;
    private const double Noise = 0.1;
    private static readonly int[] IsotropicDimensions = [16, 32, 64];
    private static readonly double[] RowsPerMode = [1, 2, 3, 4, 6, 8];
    private static readonly int[] PowerLawDimensions = [16, 64, 256];
    private static readonly int[] Rows = [4, 8, 16, 32, 64, 128];
    private static readonly int[] Fitted = [30, 100, 1000];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        List<Series> flat = [], steep = [];
        var half = new List<(string Name, double Rows)>();
        for (var k = 0; k < IsotropicDimensions.Length; k++)
        {
            var d = IsotropicDimensions[k];
            var parts = RowsPerMode.Select(ratio => Recovered(Spectrum.Isotropic(d), (int)(ratio * d), 0.01 * d, 1000, cancellation)).ToArray();
            flat.Add(Curve([.. RowsPerMode], parts, $"d = {d}", k));
            half.Add(($"a = 0, d = {d}", HalfWay([.. RowsPerMode.Select(ratio => ratio * d)], parts)));
            progress?.Report(new Progress(0.2 * (k + 1), "isotropic"));
        }

        for (var k = 0; k < PowerLawDimensions.Length; k++)
        {
            var parts = Rows.Select(n => Recovered(Spectrum.PowerLaw(PowerLawDimensions[k], 2), n, 0.03, 1000, cancellation)).ToArray();
            steep.Add(Curve([.. Rows.Select(n => (double)n)], parts, $"d = {PowerLawDimensions[k]}", k));
            half.Add(($"a = 2, d = {PowerLawDimensions[k]}", HalfWay([.. Rows.Select(n => (double)n)], parts)));
            if (k == PowerLawDimensions.Length - 1)
                claims.Add(Wilson("finite-sample-power-law", $"a = 2: n = {Rows[^2]} rows recover the teacher in most runs at d = {PowerLawDimensions[k]}, far below d", 0.5, parts[^2], isLeast: true).At("d", PowerLawDimensions[k]));
            progress?.Report(new Progress(0.6 + (0.1 * (k + 1)), "power law"));
        }

        claims.Add(Wilson("finite-sample-isotropic", $"isotropic inputs: n = d rows recover the teacher in few runs (d = {IsotropicDimensions[^1]})", 0.5, Part(flat[^1], 0), isLeast: false).At("d", IsotropicDimensions[^1]));
        claims.Add(Wilson("finite-sample-isotropic-enough", $"isotropic inputs: n = {RowsPerMode[^1]} d rows recover it in most (d = {IsotropicDimensions[^1]})", 0.5, Part(flat[^1], RowsPerMode.Length - 1), isLeast: true).At("d", IsotropicDimensions[^1]));
        claims.Add(Overfit(cancellation));
        var (panel, best) = Losses(cancellation);
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "beyond-finite-sample",
                    Title = FormattableString.Invariant($"Half of the runs recover the teacher from {DisplayNumber.Of(half[2].Rows, 2)} rows (a = 0, d = {IsotropicDimensions[^1]}) and {DisplayNumber.Of(half[^1].Rows, 2)} (a = 2, d = {PowerLawDimensions[^1]})"),
                    Caption = $"(a), (b) Part of {Replicas} runs, each on rows of its own, that recover the teacher, |u|/√(s s*) ≥ {DisplayNumber.Of(FiniteSampleDescent.Recovered)} at the end (bars: Wilson's 95 %): (a) isotropic inputs, over rows per dimension; (b) a = 2, over rows. "
                        + $"(c) Loss of the population (lines) and of the rows (dashed; it contains the noise σ² = {DisplayNumber.Of(Noise)}) against flow time, a = 2, d = 100, means of {best} runs: with few rows the population's loss turns back. Teacher all ones, start on the sphere.",
                    Panels =
                    [
                        new Panel { Title = "isotropic", X = new Axis("rows per dimension n/d", true), Y = new Axis("runs that recover the teacher", false, -0.03, 1.03), Series = flat },
                        new Panel { Title = "a = 2", X = new Axis("rows n", true), Y = new Axis("runs that recover the teacher", false, -0.03, 1.03), Series = steep },
                        panel,
                    ],
                },
            ],
        };
    }

    private static double Recovered(Spectrum spectrum, int rows, double rate, int steps, CancellationToken cancellation)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = spectrum, Teacher = Teacher.Ones() };
        var runs = problem.Solve(new FiniteSampleDescent { Samples = rows, LearningRate = rate, Steps = steps, AtSteps = [steps], Replicas = Replicas, Threads = 1 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return runs.SummaryOf("recovered") ?? 0;
    }

    // Centre and half-width of Wilson's interval of 95 %.
    private static (double Centre, double Half) Interval(double part)
    {
        const double z2 = 1.96 * 1.96;
        const double n = Replicas;
        return ((part + (z2 / (2 * n))) / (1 + (z2 / n)), 1.96 * Math.Sqrt((part * (1 - part) / n) + (z2 / (4 * n * n))) / (1 + (z2 / n)));
    }

    private static Series Curve(double[] x, double[] parts, string label, int color) => new()
    {
        Label = label,
        X = x,
        Y = parts,
        Lower = [.. parts.Select(part => Interval(part).Centre - Interval(part).Half)],
        Upper = [.. parts.Select(part => Interval(part).Centre + Interval(part).Half)],
        Style = SeriesStyle.Points,
        Color = color,
    };

    private static double Part(Series series, int row) => series.Y[row];

    private static Claim Wilson(string id, string statement, double bound, double part, bool isLeast)
    {
        var (centre, width) = Interval(part);
        const string obtained = "part of the runs with |u|/√(s s*) ≥ 0.95 at the end, centre of Wilson's 95 % interval";
        return (isLeast
            ? Claim.AtLeast(id, statement, bound, centre, Curves.Derived, obtained, PredictionKind.Heuristic, width)
            : Claim.AtMost(id, statement, bound, centre, Curves.Derived, obtained, PredictionKind.Heuristic, width)).At("runs", Replicas);
    }

    // Rows at which half of the runs recover the teacher, between neighbours in the logarithm.
    private static double HalfWay(double[] rows, double[] parts)
    {
        var k = Array.FindIndex(parts, part => part >= 0.5);
        return k < 0 ? double.NaN : k == 0 ? rows[0] : rows[k - 1] * Math.Pow(rows[k] / rows[k - 1], (0.5 - parts[k - 1]) / (parts[k] - parts[k - 1]));
    }

    // With H = 8M and the covariance 16σ²M of the gradients at w*, e has the covariance σ²M⁻¹/(4n), and ½eᵀHe the mean σ²d/n whatever the spectrum.
    private static Claim Overfit(CancellationToken cancellation)
    {
        const int d = 8, rows = 800, runs = 160, steps = 2000;
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.Isotropic(d), Teacher = Teacher.Ones(), Noise = Noise };
        var descent = problem.Solve(new FiniteSampleDescent { Samples = rows, LearningRate = 0.05, Steps = steps, AtSteps = [steps], Replicas = runs, Threads = 1 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return Claim.Relative(
            "finite-sample-overfit", $"n ≫ d: the population loss ends at σ² d/n, whatever the spectrum (isotropic, d = {d}, n = {rows}, σ² = {DisplayNumber.Of(Noise)})", Noise * d / rows, descent["loss"][0], 0.2, Curves.Derived,
            "mean over runs at the end; 95 % interval over runs", PredictionKind.Asymptotic, MeanOfRuns.Half(descent["loss-se"][0], runs)).At("d", d).At("rows", rows).At("runs", runs);
    }

    private static (Panel Panel, int Runs) Losses(CancellationToken cancellation)
    {
        const int runs = 8, steps = 6000;
        List<Series> series = [SolutionSeries.Key("population", SeriesStyle.Line), SolutionSeries.Key("rows", SeriesStyle.Dashed)];
        for (var k = 0; k < Fitted.Length; k++)
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(100, 2), Teacher = Teacher.Ones(), Noise = Noise };
            var descent = problem.Solve(new FiniteSampleDescent { Samples = Fitted[k], LearningRate = 0.03, Steps = steps, Points = 60, Replicas = runs, Threads = 1 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            series.Add(SolutionSeries.Of(descent, "loss", $"n = {Fitted[k]}", k) with { Lower = null, Upper = null });
            series.Add(SolutionSeries.Of(descent, "loss-train", $"n = {Fitted[k]}", k, SeriesStyle.Dashed) with { Lower = null, Upper = null });
        }

        return (new Panel { Title = "losses, a = 2, d = 100", X = new Axis("flow time t", true, 0.1), Y = new Axis("loss", true), Series = series }, runs);
    }
}
