using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Claims: exponents, constants and logarithms of the decay on power laws, in the continuum, where the range reaches them.</summary>
internal static class PowerClaims
{
    private const double LearningRate = 0.7;
    private const double Far = 1e12;

    // Stated before measuring: an exponent is tested where the exact mean path of the same classes has reached it to a fifth of the tolerance, else the test could not tell.
    private const double Tolerance = 0.01;
    private const double Reached = Tolerance / 5;

    private static readonly (double First, double Second, double Beta, double Probability)[] Mixtures = [(1.5, 1.5, 0, 0.5), (2, 2, 0, 0.5), (3, 3, 0, 0.5), (2, 3, 0.25, 0.5), (3, 4, 0.5, 0.3), (2.5, 2.5, -0.2, 0.5), (1.1, 1.5, 0, 0.5)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        foreach (var (first, second, beta, probability) in Mixtures)
        {
            claims.AddRange(Squares(new MixtureLaws([first, second], [probability, 1 - probability], beta), cancellation));
            progress?.Report(new Progress(0.5 * claims.Count / (2.0 * Mixtures.Length), "decay of least squares"));
        }

        claims.AddRange(Marginal(cancellation));
        foreach (var (first, second, beta) in new[] { (2.0, 2.0, 0.0), (3, 3, 0), (3, 4, 0.25), (1.5, 1.5, 0), (1.1, 1.5, 0) })
            claims.AddRange(Logistic(new MixtureLaws([first, second], [0.5, 0.5], beta), cancellation));
        progress?.Report(new Progress(0.9, "decay of logistic regression"));
        claims.AddRange(Cleaner(cancellation));
        claims.AddRange(Approach(cancellation));
        return new ReproductionResult { Claims = claims };
    }

    private static string Name(MixtureLaws laws) => laws.Powers[0] == laws.Powers[1]
        ? $"α = {DisplayNumber.Of(laws.Power)}, β = {DisplayNumber.Of(laws.Beta)}"
        : $"α = {DisplayNumber.Of(laws.Powers[0])}, {DisplayNumber.Of(laws.Powers[1])}, β = {DisplayNumber.Of(laws.Beta)}, p₁ = {DisplayNumber.Of(laws.Probabilities[0])}";

    // Names are plain: the minus sign of displayed numbers is none of them.
    private static string Id(MixtureLaws laws)
    {
        var beta = FormattableString.Invariant($"{laws.Beta}").Replace("-", "m", StringComparison.Ordinal);
        return laws.Powers[0] == laws.Powers[1] ? $"a{DisplayNumber.Of(laws.Power)}-b{beta}" : $"a{DisplayNumber.Of(laws.Powers[0])}-a{DisplayNumber.Of(laws.Powers[1])}-b{beta}";
    }

    private static IEnumerable<Claim> Squares(MixtureLaws laws, CancellationToken cancellation)
    {
        var problem = Lab.Pair(laws, new LeastSquaresLoss());
        var exact = new LeastSquaresLaws(ClassModes.Of(SmoothModes.Continuum(problem, 1e3 * Far)));
        var times = Lab.Logarithmic(Far / 1e3, Far, 13);
        var run = problem.Continuum(LearningRate, times, cancellation);
        var fit = PowerLaw.Fit(run["t"], run["risk"], new PowerLawOptions { WindowStart = 1 });
        var local = Math.Log(exact.Gap(LearningRate, 2 * Far) / exact.Gap(LearningRate, Far)) / Math.Log(2);
        yield return Claim.Absolute(
            $"decay-squares-{Id(laws)}", $"the squared risk falls as t^x, x = −ν = −{DisplayNumber.Of(laws.Exponent, 4)} ({Name(laws)}, γ = 0.7, d = ∞)", -laws.Exponent, fit.Exponent, Tolerance, Lab.Derived,
            "continuum theory, least squares on the logarithms over t = 10^{9} … 10^{12}; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, fit.MeanHalf).UpTo(Far).Over("d^{a} ≫ γt ≫ 1") with
        { Lacks = Math.Abs(local + laws.Exponent) > Reached ? $"pre-asymptotic: at t = 10^{{12}} the exact mean path itself falls with the exponent {DisplayNumber.Of(local, 4)}" : "" };

        // The noise-free half of the risk at time t is the gap at 2t, whatever the classes.
        var gap = exact.Gap(LearningRate, Far);
        yield return Claim.Relative($"gap-squares-{Id(laws)}", $"1 − m is the inverse Laplace transform of 1/(s(1 + G)) ({Name(laws)})", gap, 1 - run["m1"][^1], 1e-4, Lab.Derived, "continuum theory at t = 10^{12}").UpTo(Far);
        var amplitude = laws.GapAmplitude(LearningRate) * Math.Pow(Far, -laws.Exponent);
        yield return Claim.Relative(
            $"constant-squares-{Id(laws)}", $"and its late constant is a c^(1−ν) γ^(−ν)/(Γ(ν) Γ(1−ν)²) ({Name(laws)})", 1, gap / amplitude, 0.02, Lab.Derived, "exact path over the law at t = 10^{12}", PredictionKind.Asymptotic).UpTo(Far) with
        { Lacks = Math.Abs(local + laws.Exponent) > Reached ? "pre-asymptotic, as its exponent" : "" };
    }

    private static IEnumerable<Claim> Marginal(CancellationToken cancellation)
    {
        var laws = new MixtureLaws([2, 3], [0.5, 0.5], 0.5);
        var run = Lab.Pair(laws, new LeastSquaresLoss()).Continuum(LearningRate, [1e5, 1e20], cancellation);
        yield return Claim.Relative("marginal-squares", $"at the threshold a = 1 + 2β least squares decays as a logarithm, 1 − m ≈ 1/(1 + ln(1 + γct)/(ac)) ({Name(laws)})", laws.LogarithmicGap(LearningRate, 1e20), 1 - run["m1"][^1], 0.03, Lab.Derived, "continuum theory at t = 10^{20}", PredictionKind.Asymptotic).UpTo(1e20);
        var margins = Lab.Pair(laws, new LogisticLoss()).Continuum(LearningRate, [1e19, 1e20, 1e39, 1e40], cancellation);
        double Slope(int row) => Math.Log10(margins["risk"][row + 1] / margins["risk"][row]);
        yield return Claim.Absolute("marginal-logistic", "and logistic regression as t^{−1/(2a + 1)} (the same)", -laws.LogisticMarginal, Slope(2), 0.005, Lab.Derived, $"local slope of the continuum theory at t = 10^{{40}}; {DisplayNumber.Of(Slope(0), 4)} at 10^{{20}}", PredictionKind.Asymptotic).UpTo(1e40);
    }

    private static IEnumerable<Claim> Logistic(MixtureLaws laws, CancellationToken cancellation)
    {
        var problem = Lab.Pair(laws, new LogisticLoss());
        const double Last = 1e20;
        var times = Lab.Logarithmic(1e8, Last, 25);
        var run = problem.Continuum(LearningRate, times, cancellation);
        var correction = laws.LogisticCorrection(LearningRate, Last);
        yield return Claim.Relative(
            $"decay-logistic-{Id(laws)}", $"the logistic risk follows its implicit law ({Name(laws)}, γ = 0.7, d = ∞)", 1, run["risk"][^1] / laws.LogisticRisk(LearningRate, Last), 0.1, Lab.Derived, "continuum theory over the law at t = 10^{20}", PredictionKind.Asymptotic).UpTo(Last) with
        { Lacks = correction > 0.1 ? $"pre-asymptotic: the next term of the law is {DisplayNumber.Percent(correction)} of it there" : "" };

        // Slope of ln R + ln t in ln ln t; the law itself says how far it is from its limit on these times.
        var x = times.Select(time => Math.Log(Math.Log(time))).ToArray();
        var y = times.Select((time, row) => Math.Log(run["risk"][row] * time)).ToArray();
        var fit = PowerLaw.Fit([.. x.Select(Math.Exp)], [.. y.Select(Math.Exp)], new PowerLawOptions { WindowStart = 1 });
        var own = Lab.Line(x, [.. times.Select(time => Math.Log(laws.LogisticRisk(LearningRate, time) * time))]).Slope;
        yield return Claim.Relative(
            $"logarithm-logistic-{Id(laws)}", $"the logistic risk falls as t^{{−1}} (ln t)^x, x = (1 + 2β)/(a − 1 − 2β) ({Name(laws)})", laws.LogisticLogarithm, fit.Exponent, 0.2, Lab.Derived,
            "slope of ln R + ln t in ln ln t over t = 10^{8} … 10^{20}, with its 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, fit.MeanHalf).UpTo(Last) with
        { Lacks = correction > 0.1 || Math.Abs((own / laws.LogisticLogarithm) - 1) > 0.1 ? $"pre-asymptotic: on these times the implicit law itself has the slope {DisplayNumber.Of(own, 3)}, and its next term is {DisplayNumber.Percent(correction)} of it" : "" };
        yield return Claim.Relative(
            $"variance-logistic-{Id(laws)}", $"B/m → 2 − 2^ν ({Name(laws)}; class of the smaller power)", laws.VarianceOverMean, run["b11"][^1] / run["m1"][^1], 0.02, Lab.Derived, "continuum theory at t = 10^{20}", PredictionKind.Asymptotic).UpTo(Last) with
        { Lacks = correction > 0.1 ? $"pre-asymptotic: the next term of the law is {DisplayNumber.Percent(correction)} of it there" : "" };
    }

    private static IEnumerable<Claim> Cleaner(CancellationToken cancellation)
    {
        var laws = new MixtureLaws([2, 3], [0.5, 0.5], 0.25);
        var problem = Lab.Pair(laws, new LeastSquaresLoss());
        var run = problem.Continuum(LearningRate, [1e11, 1e19, 1e20], cancellation);
        var ratio = new LeastSquaresLaws(ClassModes.Stationary(problem)).LateRatios(LearningRate, 0)[1];
        yield return Claim.Relative("cleaner-ratio", $"late, the noise of the other class sets the risk of the cleaner one: I₂/I₁ → M₂₁/(1 − M₂₂) ({Name(laws)}, γ = 0.7)", ratio, run["risk2"][^1] / run["risk1"][^1], 0.01, Lab.Derived, $"continuum theory at t = 10^{{20}}; {DisplayNumber.Of(run["risk2"][0] / run["risk1"][0], 3)} at 10^{{11}}", PredictionKind.Asymptotic).UpTo(1e20);
        yield return Claim.Absolute("cleaner-slope", "so that it falls with the exponent of the other class (the same)", -laws.Exponent, Math.Log10(run["risk2"][2] / run["risk2"][1]), Tolerance, Lab.Derived, "local slope between t = 10^{19} and 10^{20}", PredictionKind.Asymptotic).UpTo(1e20);
    }

    // Below the threshold the plateau is approached as t^(−|ν|).
    private static IEnumerable<Claim> Approach(CancellationToken cancellation)
    {
        var laws = new MixtureLaws([1.1, 1.5], [0.5, 0.5], 0.25);
        foreach (var loss in new MarginLoss[] { new LeastSquaresLoss(), new LogisticLoss() })
        {
            var problem = Lab.Pair(laws, loss);
            var modes = ClassModes.Stationary(problem);
            var end = loss is LogisticLoss ? LogisticLaws.Stationary(modes, LearningRate).Risk : new LeastSquaresLaws(modes).Plateau(LearningRate);
            var run = problem.Continuum(LearningRate, [1e7, 1e9], cancellation);
            yield return Claim.Absolute(
                $"approach-{loss.Name}", $"below the threshold the risk approaches its end as t^{{−|ν|}}, ν = {DisplayNumber.Of(laws.Exponent, 4)} ({Name(laws)}, {loss.Name}, γ = 0.7)", laws.Exponent, Math.Log((run["risk"][1] - end) / (run["risk"][0] - end)) / Math.Log(100), 0.02, Lab.Derived,
                "slope of R − R∞ between t = 10^{7} and 10^{9}, continuum theory and fixed point", PredictionKind.Asymptotic).UpTo(1e9);
        }
    }
}
