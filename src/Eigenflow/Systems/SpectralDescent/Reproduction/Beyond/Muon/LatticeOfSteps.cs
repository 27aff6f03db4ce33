using Eigenflow.Figures;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Which learning rates of spectral descent come to a mean alignment of 0.9 from a small start (which is no small loss: the signal may stall): coefficients of noise go to the lattice point mη above their surface and back, and the signal grows where h_a is negative even there,
/// (mη)² tr Q &lt; 3. So none is aligned above √3 in units of 1/√tr Q (m = 1), nor between √3/2 and 1 (m = 2), and all others are.
/// </summary>
internal static class LatticeOfSteps
{
    private const double Spike = 9;
    private const double Scale = 1e-6;
    private const int Largest = 100_000;
    private static readonly int[] Dimensions = [100, 1000, Largest];

    public static Panel Draw(List<Claim> claims, CancellationToken cancellation)
    {
        var series = new List<Series>();
        for (var n = 0; n < Dimensions.Length; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            var dimension = Dimensions[n];
            double[] units = [.. Enumerable.Range(0, 91).Select(k => 0.2 + (0.02 * k))];
            series.Add(new Series { Label = $"d = {DisplayNumber.Of(dimension)}", X = units, Y = [.. units.Select(unit => Alignment(dimension, unit))], Color = n });
        }

        foreach (var (id, name, expected, from, to) in new[]
        {
            ("gap-begin", "loses its mean alignment of 0.9 at √3/2", Math.Sqrt(3) / 2, 0.7, 0.95), ("gap-end", "has it again from 1 on", 1.0, 0.95, 1.2), ("end", "loses it for good at √3", Math.Sqrt(3), 1.4, 1.95),
        })
        {
            cancellation.ThrowIfCancellationRequested();
            var (low, high) = (from, to);
            var learns = Alignment(Largest, low) >= 0.9;
            for (var k = 0; k < 12; k++)
            {
                var middle = (low + high) / 2;
                (low, high) = Alignment(Largest, middle) >= 0.9 == learns ? (middle, high) : (low, middle);
            }

            claims.Add(Claim.Relative(
                $"lattice-{id}", $"spectral descent at a constant rate {name} in units of 1/√tr Q (d = {DisplayNumber.Of(Largest)}, λ = {Spike})", expected, low, 0.02, DescentCurves.Derived, "bisection on a mean alignment of 0.9 over the last quarter, α = 10^{-6}", PredictionKind.Asymptotic)
                .At("d", Largest).Over("α ≪ η, λ ≪ d"));
        }

        return new Panel
        {
            Title = "spectral descent",
            X = new Axis("η √(tr Q)", false, 0.2, 2),
            Y = new Axis("late alignment", false, 0),
            Series = series,
            Lines = [new ReferenceLine(Math.Sqrt(3) / 2, "√3/2"), new ReferenceLine(1, "1"), new ReferenceLine(Math.Sqrt(3), "√3")],
        };
    }

    private static double Alignment(int dimension, double unit)
    {
        var problem = Runs.Spiked(dimension, Spike, Scale);
        var rate = unit / Math.Sqrt(dimension + Spike);
        return MuonRuns.LateAlignment(problem, UpdateRule.Spectral, rate, Math.Max(1000, (long)(3 / rate)));
    }
}
