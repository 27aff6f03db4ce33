using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionCurves;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The whole generated spectrum during training: a map over modes and times, snapshots, and the divergence from the data.</summary>
internal static class SpectrumFigure
{
    private const int Modes = 200;
    private const int Columns = 120;
    private static readonly double[] Snapshots = [0.1, 1, 10, 100];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] variances = [.. Enumerable.Range(1, Modes).Select(k => Math.Pow(k, -1.0))], numbers = [.. Enumerable.Range(1, Modes).Select(k => (double)k)], times = Times(1e-2, 1e3, Columns);
        var problem = Problem(new(ArchitectureKind.OneLayer), 0.1, variances);
        var theory = new ModeTheory(problem);
        var map = new double[Modes * Columns];
        var logs = new double[Modes];
        for (var i = 0; i < Columns; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            theory.LogVariances(times[i], logs);
            for (var k = 0; k < Modes; k++)
                map[(k * Columns) + i] = Math.Exp(logs[k]) / variances[k];
        }

        var run = problem.Solve(new DiffusionTheory { Times = times }, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var edge = Emergences(problem, CriterionKind.Geometric);
        double[] Spectrum(double time)
        {
            theory.LogVariances(time, logs);
            return [.. logs.Select(log => Math.Exp(log))];
        }

        var half = Array.FindIndex(run["learned"], value => value >= 0.5);
        var modes = edge.Count(one => one.Time <= times[half]);
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "spectrum",
                    Title = DisplayText.Of($"Half of the variance is learned at τ = {times[half]:G2}, when {modes} of {Modes} modes have emerged"),
                    Caption = DisplayText.Of($"(a) Generated over true variance of every mode against training time; the line is the emergence time by the geometric criterion. (b) Generated spectrum at four training times; dotted: the data. (c) Divergence from the data in both directions, and the fraction of the variance that is generated. {Modes} modes, λ_k = 1/k; one layer from W(0) = 0.1 I, η = 1, σ_0 = 0.002, σ_T = 80."),
                    Panels =
                    [
                        new Panel
                        {
                            Title = "λ~/λ",
                            X = new Axis("training time τ", true),
                            Y = new Axis("mode k", true),
                            HeatMap = new HeatMap { Label = "generated over true variance", X = times, Y = numbers, Values = map, IsLogarithmic = true, Minimum = 1e-4, Maximum = 1 },
                            Series = [new Series { Label = "", X = [.. edge.Select(one => one.Time)], Y = numbers, Color = CurveColors.Neutral }],
                        },
                        new Panel
                        {
                            Title = "spectrum",
                            X = new Axis("mode k", true),
                            Y = new Axis("generated variance λ~", true),
                            Series = [.. Snapshots.Select((time, index) => new Series { Label = DisplayText.Of($"τ = {time}"), X = numbers, Y = Spectrum(time), Color = index }), new Series { Label = "data", X = numbers, Y = variances, Style = SeriesStyle.Dotted, Color = CurveColors.Neutral }],
                        },
                        new Panel
                        {
                            Title = "distance",
                            X = new Axis("training time τ", true),
                            Y = new Axis("divergence, fraction", true),
                            Series = [Line(run, "kl", "KL(generated‖data)", 0), Line(run, "kl-reverse", "KL(data‖generated)", 1), Line(run, "learned", "learned fraction", 2)],
                        },
                    ],
                },
            ],
        };
    }

    private static Series Line(Solution run, string column, string label, int color) => new() { Label = label, X = run.Times, Y = run[column], Color = color };
}
