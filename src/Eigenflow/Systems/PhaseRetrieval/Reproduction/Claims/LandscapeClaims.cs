using Eigenflow.Random;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: the Gaussian moment identity of the loss, gradient and Hessian by finite differences, the critical points.</summary>
internal static class LandscapeClaims
{
    private const int Dimension = 20;
    private const int Samples = 2_000_000;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, 1.5) };
        var modes = problem.Modes(ModeRepresentation.Full, cancellation);
        var landscape = new Landscape(modes.Eigenvalues, modes.Teacher);
        var weights = new double[Dimension];
        for (var i = 0; i < Dimension; i++)
            weights[i] = (0.6 * modes.Teacher[i]) + (0.5 * Math.Cos(1.3 * i));
        return new ReproductionResult
        {
            Claims =
            [
                MomentIdentity(modes, landscape, weights, progress, cancellation),
                Gradient(landscape, weights),
                Hessian(landscape, weights),
                .. CriticalPoints(modes, landscape),
            ],
        };
    }

    private static Claim MomentIdentity(WeightedModes modes, Landscape landscape, double[] weights, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var sample = new double[Dimension];
        double sum = 0, squares = 0;
        for (var n = 0; n < Samples; n++)
        {
            if ((n & 0xffff) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new Progress((double)n / Samples, "sampling"));
            }

            GaussianGenerator.Fill(new GaussianAddress(1, RandomStreams.MonteCarlo, 0, n), 0, sample);
            double student = 0, teacher = 0;
            for (var i = 0; i < Dimension; i++)
            {
                var x = Math.Sqrt(modes.Eigenvalues[i]) * sample[i];
                student += x * weights[i];
                teacher += x * modes.Teacher[i];
            }

            var error = (student * student) - (teacher * teacher);
            sum += error * error;
            squares += error * error * error * error;
        }

        var mean = sum / Samples;
        var standardError = Math.Sqrt(((squares / Samples) - (mean * mean)) / Samples);
        return Claim.Absolute(
            "loss-moment-identity", $"L(w) = 3s² + 3s*² − 4u² − 2ss* equals E[(⟨x,w⟩² − ⟨x,w*⟩²)²] (d = {Dimension}, a = 1.5)",
            landscape.Loss(weights), mean, 4 * standardError, $"{Curves.Paper}, landscape",
            FormattableString.Invariant($"mean of {Samples:N0} Gaussian samples; tolerance and interval 4 and 1.96 standard errors"), uncertainty: 1.96 * standardError).At("d", Dimension).At("samples", Samples);
    }

    private static Claim Gradient(Landscape landscape, double[] weights)
    {
        var gradient = new double[Dimension];
        landscape.Gradient(weights, gradient);
        var worst = 0.0;
        for (var i = 0; i < Dimension; i++)
            worst = Math.Max(worst, Math.Abs(Derivative(step => landscape.Loss(Moved(weights, i, step))) - gradient[i]));
        return Claim.AtMost(
            "gradient", "∇L = (12s − 4s*)Qw − 8uQw* is the gradient of L (d = 20, a = 1.5)", 1e-8, worst / gradient.Max(Math.Abs), $"{Curves.Paper}, landscape",
            "largest difference to fourth-order central differences, relative to the largest component", PredictionKind.Exact).At("d", Dimension);
    }

    private static Claim Hessian(Landscape landscape, double[] weights)
    {
        var direction = Enumerable.Range(0, Dimension).Select(i => Math.Sin(0.7 * (i + 1))).ToArray();
        var product = new double[Dimension];
        landscape.HessianTimes(weights, direction, product);
        var worst = 0.0;
        var gradient = new double[Dimension];
        for (var i = 0; i < Dimension; i++)
        {
            worst = Math.Max(worst, Math.Abs(product[i] - Derivative(step =>
            {
                landscape.Gradient([.. weights.Zip(direction, (w, v) => w + (step * v))], gradient);
                return gradient[i];
            })));
        }

        return Claim.AtMost(
            "hessian", "∇²L = 24(Qw)(Qw)ᵀ + (12s − 4s*)Q − 8(Qw*)(Qw*)ᵀ is the Hessian of L (d = 20, a = 1.5)", 1e-8, worst / product.Max(Math.Abs), $"{Curves.Paper}, landscape",
            "largest difference of ∇²L v to fourth-order central differences of ∇L, relative to the largest component", PredictionKind.Exact).At("d", Dimension);
    }

    private static IEnumerable<Claim> CriticalPoints(WeightedModes modes, Landscape landscape)
    {
        var saddle = LandscapeStatements.SaddlePoint(landscape, modes.Teacher);

        // Negative and positive Hessian eigenvalues that theory states: all d negative at 0; none at ±w*; exactly one of each at a saddle.
        yield return Point("origin", "w = 0 is a strict local maximum", new double[Dimension], CriticalPoint.Maximum, Dimension, 0);
        yield return Point("teacher", "w* is a minimum", modes.Teacher, CriticalPoint.Minimum, 0, Dimension);
        yield return Point("minus-teacher", "−w* is a minimum", [.. modes.Teacher.Select(value => -value)], CriticalPoint.Minimum, 0, Dimension);
        yield return Point("saddle", "every w with u = 0 and s = s*/3 is a saddle", saddle, CriticalPoint.Saddle, 1, 1);

        Claim Point(string id, string statement, double[] point, CriticalPoint expected, int negative, int positive)
        {
            var spectrum = landscape.HessianSpectrum(point);
            var zero = 1e-12 * spectrum.Max(Math.Abs);
            var misplaced = Math.Abs(spectrum.Count(value => value < -zero) - negative) + Math.Abs(spectrum.Count(value => value > zero) - positive);
            return Claim.Absolute(
                $"critical-point-{id}", $"{statement}: the gradient vanishes, and the Hessian has {negative} negative and {positive} positive eigenvalues (d = {Dimension})",
                0, misplaced + (landscape.Classify(point) == expected ? 0 : 1), 0, $"{Curves.Paper}, landscape",
                "number of negative and positive eigenvalues of the full Hessian that are too many or too few, and one where the gradient does not vanish or the point is of another kind").At("d", Dimension);
        }
    }

    private static double[] Moved(double[] weights, int index, double step)
    {
        var moved = (double[])weights.Clone();
        moved[index] += step;
        return moved;
    }

    // (8 (f(h) − f(−h)) − (f(2h) − f(−2h)))/(12 h): exact for polynomials of degree four, which the loss is.
    private static double Derivative(Func<double, double> function)
    {
        const double h = 1e-2;
        return ((8 * (function(h) - function(-h))) - (function(2 * h) - function(-2 * h))) / (12 * h);
    }
}
