using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 10: the signal profile and the forgetting kernel, with their power laws.</summary>
internal static class ProfilesFigure
{
    private const long Size = 1_000_000;
    private const double At = 1e4;
    private static readonly (double Difficulty, double Capacity)[] Cases = [(1, 2), (0.3, 3), (0.5, 4), (1.5, 1.5)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] times = LawCurves.Logarithmic(0.01, 1e8, 161), late = LawCurves.Logarithmic(0.3, 1e11, 400);
        List<Series> signals = [], kernels = [], signalRatios = [], kernelRatios = [];
        var claims = new List<Claim>();
        var departure = 0.0;
        for (var k = 0; k < Cases.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)k / Cases.Length, "profiles"));
            var (s, beta) = Cases[k];
            var modes = new ScalingLawProblem { Capacity = beta, Difficulty = s, Features = Size, ModelSize = Size }.Modes(ModeRepresentation.Compressed);
            var (p, name) = (2 - (1 / beta), $"s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}");
            double Signal(double time) => MathNet.Numerics.SpecialFunctions.Gamma(s) * Math.Pow(2 * time, -s) / beta;
            double Kernel(double time) => MathNet.Numerics.SpecialFunctions.Gamma(p) * Math.Pow(2 * time, -p) / beta;
            signals.Add(LawCurves.Function(times, modes.SignalProfile, name, k));
            signals.Add(LawCurves.Function(times.Where(time => time >= 1), Signal, name, k, SeriesStyle.Dashed));
            kernels.Add(LawCurves.Function(times, modes.ForgettingKernel, name, k));
            kernels.Add(LawCurves.Function(times.Where(time => time >= 1), Kernel, name, k, SeriesStyle.Dashed));
            signalRatios.Add(LawCurves.Function(late, time => modes.SignalProfile(time) / Signal(time), name, k));
            kernelRatios.Add(LawCurves.Function(late, time => modes.ForgettingKernel(time) / Kernel(time), name, k));

            // A sparse spectrum leaves log-periodic ripples of relative size exp(−2π²/β …): averaged over one period, a factor 2^β of t.
            double[] period = [.. Enumerable.Range(0, 64).Select(j => At * Math.Pow(2, beta * (j + 0.5) / 64))];
            Add("signal", "e_M(t)", "Γ(s) (2t)^(−s)/β", period.Average(time => modes.SignalProfile(time) / Signal(time)), s, beta);
            Add("kernel", "K_M(t)", "Γ(2 − 1/β) (2t)^(−(2 − 1/β))/β", period.Average(time => modes.ForgettingKernel(time) / Kernel(time)), s, beta);
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-10",
                    Title = Headline.Departure($"Signal and kernel (mean over a period of t from {DisplayNumber.Of(At)})", "their laws", departure),
                    Caption = "The sums e_{M}(t) = Σ λθ*² e^{−2λt} and K_{M}(t) = Σ λ² e^{−2λt} (lines) with their laws at infinite width, Γ(s)(2t)^{−s}/β and Γ(2 − 1/β)(2t)^{−(2 − 1/β)}/β (dashed), and over these. By theory a sparse spectrum (large β) leaves ripples early, and the laws end at t ≈ M^{β}, here 10^{9} for β = 1.5. M = 10^{6}.",
                    Panels =
                    [
                        new Panel { Title = "signal", X = new Axis("intrinsic time t", true), Y = new Axis("e_{M}", true), Series = [.. signals, SolutionSeries.Key("law at infinite width", SeriesStyle.Dashed)] },
                        new Panel { Title = "forgetting kernel", X = new Axis("intrinsic time t", true), Y = new Axis("K_{M}", true), Series = [.. kernels, SolutionSeries.Key("law at infinite width", SeriesStyle.Dashed)] },
                        new Panel { Title = "signal over its law", X = new Axis("intrinsic time t", true), Y = new Axis("e_{M}/law", false, 0), Series = signalRatios },
                        new Panel { Title = "kernel over its law", X = new Axis("intrinsic time t", true), Y = new Axis("K_{M}/law", false, 0), Series = kernelRatios },
                    ],
                },
            ],
        };

        void Add(string id, string symbol, string law, double ratio, double s, double beta)
        {
            departure = Math.Max(departure, Math.Abs(ratio - 1));
            claims.Add(Claim.Relative(
            $"profile-{id}-s{DisplayNumber.Of(s)}-b{DisplayNumber.Of(beta)}", $"{symbol} over {law} is one (s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}, M = 10^{{6}})", 1, ratio, 0.01, LawCurves.Derived,
            "mean ratio over a factor 2^β of t from 10^{4} on", PredictionKind.Asymptotic)
            .UpTo(At * Math.Pow(2, beta)).At("M", Size).Over("1 ≪ t ≪ M^β"));
        }
    }
}
