using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>The bump, the second descent and the end: what they tend to and how they scale.</summary>
internal static class LimitClaims
{
    private static readonly double[] Conditions = [30, 100, 300, 1000, 1e5];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        ErrorPhases Phases(double condition, double noise, long samples = 110)
        {
            cancellation.ThrowIfCancellationRequested();
            return Lab.Phases(Lab.TwoScale(samples, 100, 70, condition, noise));
        }

        const string Place = "n = 110, d = 100, p = 70";
        var separation = new ScaleSeparation(Lab.TwoScale(110, 100, 70, 1000));
        var (firstTime, firstError) = separation.FirstMinimum();
        claims.Add(Claim.Absolute("first-time", $"the first minimum of the limit κ → ∞ is at t = 2.0 ({Place}, σ = 0)", 2.0, firstTime, 0.1, Lab.Derived, "fast block alone", PredictionKind.Asymptotic));
        foreach (var condition in Conditions)
        {
            var phases = Phases(condition, 0);
            var name = Lab.Name(condition);
            claims.Add(Claim.Relative($"first-minimum-k{name}", $"the first minimum does not depend on κ: its error at κ = {DisplayNumber.Of(condition)} ({Place}, σ = 0)", firstError, phases[0]?.Error ?? double.NaN, 0.01, Lab.Derived, "exact flow against the fast block alone", PredictionKind.Asymptotic).UpTo(phases.End.Time));
            claims.Add(Claim.Relative($"first-minimum-time-k{name}", $"and its time (κ = {DisplayNumber.Of(condition)})", firstTime, phases[0]?.Time ?? double.NaN, 0.06, Lab.Derived, "exact flow against the fast block alone", PredictionKind.Asymptotic).UpTo(phases.End.Time));
        }

        foreach (var noise in (double[])[0, 0.04])
        {
            var plateau = new ScaleSeparation(Lab.TwoScale(110, 100, 70, 1e5, noise)).Plateau;
            var peak = Phases(1e5, noise);
            claims.Add(Claim.Relative($"bump{(noise > 0 ? "-noise" : "")}", $"the bump saturates at ½[((d − p)/d + σ²) n/(n − p) − σ²] ({Place}, σ² = {DisplayNumber.Of(noise)}, κ = 10^{{5}})", plateau, peak[1]?.Error ?? double.NaN, 1e-3, Lab.Derived, "maximum of the exact flow", PredictionKind.Asymptotic).UpTo(peak.End.Time));
        }

        claims.Add(Claim.Absolute("bump-value", $"without noise that is 0.4125 ({Place})", 0.4125, separation.Plateau, 1e-12, Lab.Derived, "the formula", PredictionKind.Exact));
        var forever = new ExactTheory(Lab.TwoScale(110, 100, 70, 1e10)).Flow(1e12).Error;
        claims.Add(Claim.Relative("plateau", $"at κ → ∞ the error never descends again ({Place}, σ = 0, κ = 10^{{10}}, t = 10^{{12}})", separation.Plateau, forever, 1e-3, Lab.Derived, "exact flow", PredictionKind.Asymptotic).UpTo(1e12));
        foreach (var samples in (long[])[72, 80])
            claims.Add(Claim.Relative($"bump-n{samples}", $"the bump diverges as n/(n − p) at n = p (n = {samples}, d = 100, p = 70, σ = 0, κ = 10^{{5}})", new ScaleSeparation(Lab.TwoScale(samples, 100, 70, 1e5)).Plateau, Phases(1e5, 0, samples)[1]?.Error ?? double.NaN, 0.01, Lab.Derived, "maximum of the exact flow", PredictionKind.Asymptotic));

        // The second minimum, with noise.
        double[] scaling = [30, 50, 100, 200, 300, 500, 1000];
        ErrorPhases[] noisy = [.. scaling.Select(condition => Phases(condition, 0.04))];
        double[] second = [.. noisy.Select(phases => phases[2]?.Time ?? double.NaN)];
        var fit = PowerLaw.Fit(scaling, second, new PowerLawOptions());
        claims.Add(Claim.Absolute("second-exponent", $"the time of the second minimum grows as κ² ({Place}, σ = 0.2)", 2, fit.Exponent, 0.03, Lab.Derived, "least squares on the logarithms over κ = 30, 50, 100, 200, 300, 500, 1000; 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf).Over("κ from 30 to 1000"));
        foreach (var (condition, known) in ((double, double)[])[(30, 1.26e4), (100, 1.41e5), (1000, 1.41e7)])
            claims.Add(Claim.Relative($"second-time-k{Lab.Name(condition)}", $"it is at t = {DisplayNumber.Of(known)} at κ = {DisplayNumber.Of(condition)} (the same)", known, second[Array.IndexOf(scaling, condition)], 0.13, Lab.Derived, "exact flow; tolerance: a step of the grid of 20 times per decade that the numbers are from", PredictionKind.Asymptotic));
        var slow = new ScaleSeparation(Lab.TwoScale(110, 100, 70, 1000, 0.04)).SecondMinimum();
        claims.Add(Claim.Relative("second-time-limit", $"it is that of n − p samples of the slow features alone ({Place}, σ = 0.2, κ = 1000)", slow.Time, second[^1], 0.01, Lab.Derived, "exact flow", PredictionKind.Asymptotic));
        claims.Add(Claim.Relative("second-error-limit", "and its error is theirs, with the noise, times n/(n − p) (the same)", slow.Error, noisy[^1][2]?.Error ?? double.NaN, 0.01, Lab.Derived, "exact flow", PredictionKind.Asymptotic));
        var window = Lab.TwoScale(110, 100, 70, 1e4, 0.04);
        claims.Add(Claim.Relative("composition", $"2E + σ² = n/(n − p) times that of the slow features along a ridge ({Place}, σ = 0.2, κ = 10^{{4}}, λ = 10^{{−8}}): 2E", 2 * new ScaleSeparation(window).SlowRidgeError(1e-8), 2 * new ExactTheory(window).Ridge(1e-8).Error, 1e-5, Lab.Derived, "exact ridge; predicted 0.5665865", PredictionKind.Asymptotic));

        // Noise and the end.
        ErrorPhases quiet = Phases(30, 0), loud = noisy[0];
        claims.Add(Claim.AtLeast("noise-bump", $"label noise raises the bump ({Place}, κ = 30): E_max at σ = 0.2 over σ = 0", 1, (loud[1]?.Error ?? double.NaN) / (quiet[1]?.Error ?? double.NaN), Lab.Paper, "maximum of the exact flow", PredictionKind.Heuristic));
        claims.Add(Claim.Absolute("noise-rise", $"and adds a rise at the end ({Place}, κ = 30, σ = 0.2): turning points", 3, loud.Points.Count, 0, Lab.Paper, "exact flow; two without noise", PredictionKind.Asymptotic).UpTo(loud.End.Time));
        foreach (var condition in (double[])[7, 30])
        {
            var theory = new ExactTheory(Lab.TwoScale(110, 100, 70, condition, 0.04));
            claims.Add(Claim.Relative($"end-k{Lab.Name(condition)}", $"2E tends to σ² d/(n − d) for every κ ({Place}, σ = 0.2, κ = {DisplayNumber.Of(condition)}, t = 10^{{9}})", 0.4, 2 * theory.Flow(1e9).Error, 1e-5, Lab.Derived, "exact flow", PredictionKind.Asymptotic).UpTo(1e9));
        }

        // Early stopping is no ridge.
        var seven = Phases(7, 0);
        claims.Add(Claim.Absolute("seven-minimum", $"at κ = 7 the flow has a minimum ({Place}, σ = 0)", 0.2541, seven[0]?.Error ?? double.NaN, 2e-4, Lab.Derived, "exact flow", PredictionKind.Asymptotic));
        claims.Add(Claim.Absolute("seven-maximum", "and a maximum (the same)", 0.2739, seven[1]?.Error ?? double.NaN, 2e-4, Lab.Derived, "exact flow", PredictionKind.Asymptotic));
        claims.Add(Claim.Absolute("seven-ridge", "where the ridge path is monotone (the same): turning points", 0, Lab.RidgePhases(Lab.TwoScale(110, 100, 70, 7)).Points.Count, 0, Lab.Derived, "exact ridge", PredictionKind.Asymptotic));
        return new ReproductionResult { Claims = claims };
    }
}
