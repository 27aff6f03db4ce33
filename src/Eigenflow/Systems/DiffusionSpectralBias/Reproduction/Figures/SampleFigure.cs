using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionCurves;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Samples of half-trained models as pictures: Gaussian fields with the power spectrum of natural images, the same random numbers in every column.</summary>
internal static class SampleFigure
{
    private const int Side = 32;
    private const int Samples = 5;
    private const double Decay = 2;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var basis = new WaveBasis(Side, Side);
        double[] waves = [.. Enumerable.Range(0, Side * Side).Select(k => k == 0 ? 0 : 100 * Math.Pow(basis.Frequency(k), -Decay))];
        DiffusionProblem filter = Problem(new(ArchitectureKind.Convolution), 0.1, waves) with { Modes = new ModeSet(waves, basis) };
        DiffusionProblem local = filter with { Architecture = new(ArchitectureKind.Patch, 2) };
        double[] times = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1];
        Panel Panel(string title, DiffusionProblem problem)
        {
            var theory = new ModeTheory(problem);
            double[][] fields = [.. Enumerable.Range(0, Samples).SelectMany(sample => times.Select(time =>
            {
                cancellation.ThrowIfCancellationRequested();
                return new SampleMethod { Seed = 3 }.Field(problem, theory, time, sample);
            }))];
            return SampleColumns.Panel(times, Samples, Side, Side, fields) with { Title = title };
        }

        var whole = new ModeTheory(filter);
        double[] logs = new double[waves.Length];
        double[] learned = [.. times.Select(time =>
        {
            whole.LogVariances(time, logs);
            return GaussianDistance.Of(logs, waves).Learned;
        })];
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "samples",
                    Title = DisplayText.Of($"Coarse first: {100 * learned[1]:0} % of the variance is there at τ = {times[1]:G2}, {100 * learned[^1]:0} % at τ = {times[^1]:G2}"),
                    Caption = DisplayText.Of($"Samples of half-trained linear denoisers against training time; a row shares its random numbers, and grey values are the same in a panel. Circular filters of (a) full width and (b) 5 × 5 places from a gain of 0.1 on {Side} × {Side} places; stationary Gaussian fields with S ∝ |k|^{{−2}}, the spectrum of natural images; η = 1, σ_0 = 0.002, σ_T = 80, seed 3."),
                    Panels = [Panel("full width", filter), Panel("5 × 5 places", local)],
                },
            ],
        };
    }
}
