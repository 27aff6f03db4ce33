using Eigenflow.Figures;
using Eigenflow.Random;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The second moments of one stochastic gradient, between all modes, against samples; the leading order beside them.</summary>
internal static class MomentClaims
{
    private const int Samples = 1_000_000;
    private const int Piece = 20_000;
    private const double Exponent = 1.5;

    // The last one is near the teacher, where the gradient is noise.
    private static readonly (string Id, string Name, double[] Student, double[] Teacher, double Noise)[] States =
    [
        ("away", "away from the teacher", [0.5, -0.8, 1.1, 0.3], [1, 0.9, -0.4, 1.3], 0.25),
        ("small", "near zero", [0.1, 0.05, -0.08, 0.12], [1, 1, 1, 1], 0.05),
        ("teacher", "near the teacher", [1.05, 0.97, 1.02, 0.9], [1, 1, 1, 1], 0.05),
    ];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (number, (id, name, student, teacher, noise)) in States.Index())
        {
            var d = student.Length;
            double[] eigenvalues = [.. Enumerable.Range(1, d).Select(i => Math.Pow(i, -Exponent))];
            var trace = eigenvalues.Sum();
            for (var i = 0; i < d; i++)
                eigenvalues[i] /= trace;
            double Form(double[] a, double[] b) => Enumerable.Range(0, d).Sum(i => eigenvalues[i] * a[i] * b[i]);
            var moments = GradientMoments.Of(Form(student, student), Form(student, teacher), Form(teacher, teacher), noise);
            var (mean, error) = Sampled(eigenvalues, student, teacher, noise, number, cancellation);
            var pairs = new List<(double Mean, double Theory, double Error)>();
            for (var i = 0; i < d; i++)
            {
                for (var j = i; j < d; j++)
                {
                    var exact = (i == j ? eigenvalues[i] * moments.Intensity : 0) + (16 * eigenvalues[i] * eigenvalues[j]
                        * ((moments.Square * student[i] * student[j]) + (moments.Cross * ((student[i] * teacher[j]) + (teacher[i] * student[j]))) + (moments.Constant * teacher[i] * teacher[j])));
                    var at = (i * d) + j;
                    pairs.Add((mean[at], exact, error[at]));
                    rows.Add([name, $"{i + 1}, {j + 1}", DisplayNumber.Of(exact, 4), DisplayNumber.WithInterval(mean[at], 1.96 * error[at]), DisplayNumber.Of(i == j ? eigenvalues[i] * moments.Intensity : 0, 4)]);
                }
            }

            claims.Add(Claim.AtMost(
                $"gradient-moments-{id}", FormattableString.Invariant($"E g_i g_j = λ_i I δ_ij + 16 λ_i λ_j (A w_i w_j + B (w_i w*_j + w*_i w_j) + C w*_i w*_j), {name} (d = {d}, a = {Exponent}, σ² = {noise})"), MeanOfRuns.Limit, MeanOfRuns.Of(pairs).Largest,
                Curves.Derived, FormattableString.Invariant($"largest distance over the {pairs.Count} pairs of modes in standard errors of {Samples} samples"), PredictionKind.Exact).At("samples", Samples));
            progress?.Report(new Progress((number + 1.0) / States.Length, "samples"));
        }

        // The smallest mode has the leading order alone, the first one has not.
        var first = rows[0];
        return new ReproductionResult
        {
            Claims = claims,
            Tables =
            [
                new Table(
                    "gradient-moments", $"Second moments of a stochastic gradient: the first mode has {first[2]} where the leading order λ_i I has {first[4]}", ["state", "modes", "exact", "samples (95 %)", "λ_i I δ_ij"], rows,
                    FormattableString.Invariant($"d = 4, a = {Exponent}, {Samples} Gaussian samples per state; exact: from Gaussian moments; the last column leaves out the terms λ_i λ_j, of which all covariances between modes consist.")),
            ],
        };
    }

    private static (double[] Mean, double[] Error) Sampled(double[] eigenvalues, double[] student, double[] teacher, double noise, int seed, CancellationToken cancellation)
    {
        var d = eigenvalues.Length;
        double[] sum = new double[d * d], square = new double[d * d], x = new double[d + 1], scales = [.. eigenvalues.Select(Math.Sqrt)];
        for (var n = 0; n < Samples; n++)
        {
            if (n % Piece == 0)
                cancellation.ThrowIfCancellationRequested();
            GaussianGenerator.Fill(new GaussianAddress((ulong)seed + 1, RandomStreams.MonteCarlo, 0, n), 0, x);
            double own = 0, label = 0;
            for (var i = 0; i < d; i++)
            {
                x[i] *= scales[i];
                own += x[i] * student[i];
                label += x[i] * teacher[i];
            }

            var slope = 4 * ((own * own) - (label * label) - (Math.Sqrt(noise) * x[d])) * own;
            for (var i = 0; i < d; i++)
            {
                for (var j = i; j < d; j++)
                {
                    var product = slope * slope * x[i] * x[j];
                    sum[(i * d) + j] += product;
                    square[(i * d) + j] += product * product;
                }
            }
        }

        double[] mean = [.. sum.Select(total => total / Samples)];
        return (mean, [.. square.Select((total, k) => Math.Sqrt(((total / Samples) - (mean[k] * mean[k])) / Samples))]);
    }
}
