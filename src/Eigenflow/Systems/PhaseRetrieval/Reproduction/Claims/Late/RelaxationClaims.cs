using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: the plateau of the MSE until T₂, its relaxation against Ŝ and S_d, and S_d against its three asymptotics.</summary>
internal static class RelaxationClaims
{
    private static readonly double[] PlateauExponents = [1.5, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var plateau = PlateauExponents.Select(exponent => Plateau(exponent, cancellation)).ToArray();
        progress?.Report(new Progress(0.4, "relaxation"));
        var (relaxation, after, departure) = Relaxation(cancellation);
        var spectrum = (PowerLawSpectrum)Spectrum.PowerLaw(100_000, 2);
        var modes = new PhaseRetrievalProblem { Spectrum = spectrum, Teacher = Teacher.Ones(), Start = Start.Alternating() }.Modes(ModeRepresentation.Full, cancellation);
        return new ReproductionResult
        {
            Claims = [.. plateau, .. relaxation, .. Asymptotics(modes, spectrum)],
            Figures =
            [
                new Figure
                {
                    Id = "relaxation",
                    Title = Headline.Departure("MSE after T₂", "modes that relax by themselves", departure),
                    Caption = "(a) MSE after T₂(ε = 0.01) along the flow (dots), the frozen law MSE(T₂) Ŝ(τ) (line), the flat benchmark MSE(T₂) S_d(τ), and the middle asymptote 1 − Γ(1 − 1/a) x_d/d of S_d (dashed). "
                        + "(b) 1 − S_d (line), its early and middle asymptotes (dashed) and the late bound (dotted). a = 2, s* = 1, teacher of (a) random.",
                    Panels = [after, Regimes(modes, spectrum)],
                },
            ],
        };
    }

    private static Claim Plateau(double exponent, CancellationToken cancellation)
    {
        const long dimension = 1_000_000;
        const double accuracy = 0.05;
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, exponent), Accuracy = accuracy };
        var modes = problem.Modes(ModeRepresentation.Compressed, cancellation);
        var flow = problem.Solve(new GradientFlow { Modes = ModeRepresentation.Compressed }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var converged = problem.Solve(new GradientFlow { Modes = ModeRepresentation.Compressed, Times = [flow.TimeOf(PhaseEvents.Convergence)] }, null, cancellation);
        var error = converged["mse"][0];
        var level = modes.TeacherNormSquared / dimension;
        var tolerance = level * (Math.Cbrt(Math.Pow(accuracy, -exponent) / dimension) + Math.Cbrt(Math.Log(dimension) / dimension));
        return Claim.Absolute(
            $"plateau-a{DisplayNumber.Of(exponent)}", FormattableString.Invariant($"MSE(T₂) is still at the plateau ‖w*‖²/d (a = {DisplayNumber.Of(exponent)}, d = 10^6, ε = {accuracy})"), level, error, tolerance,
            $"{Curves.Paper}, Proposition 4", "flow at T₂; tolerance σ*² [(ε^{−a}/d)^{1/3} + (log d/d)^{1/3}]", PredictionKind.Asymptotic)
            .UpTo(flow.TimeOf(PhaseEvents.Convergence)).At("d", dimension);
    }

    private static (IReadOnlyList<Claim> Claims, Panel Panel, double Departure) Relaxation(CancellationToken cancellation)
    {
        const int dimension = 2000;
        const double exponent = 2;
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, exponent), Accuracy = 0.01 };
        var modes = problem.Modes(cancellation: cancellation);
        var law = (PowerLawSpectrum)problem.Spectrum;
        var method = new FrozenPhase();
        var flow = problem.Solve(new GradientFlow(), null, cancellation);
        var converged = flow.TimeOf(PhaseEvents.Convergence);
        var deviation = method.DeviationAt(problem, modes, converged, cancellation);
        var end = SpectralRelaxation.TimeTo(modes, 0.02)!.Value;
        var elapsed = TimeGrid.Logarithmic(1, end, 200).Skip(1).ToArray();
        flow = problem.Solve(new GradientFlow { Times = [converged, .. elapsed.Select(time => converged + time)] }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var initial = flow["mse"][0];
        var measured = flow["mse"][1..];
        var hat = elapsed.Select(time => deviation.After(time).MeanSquaredError).ToArray();
        var benchmark = elapsed.Select(time => initial * SpectralRelaxation.Of(modes, time)).ToArray();
        var worstHat = measured.Zip(hat, (a, b) => Math.Abs((a / b) - 1)).Max();

        // The teacher is random, so Ŝ weighs modes by (w*_i)²: its distance to the flat benchmark has the standard deviation of a mean
        // of squared normals over the modes that are left, d S_d of them.
        var worstBenchmark = measured.Select((value, k) => Math.Abs((value / benchmark[k]) - 1) / Math.Sqrt(2 / (dimension * SpectralRelaxation.Of(modes, elapsed[k])))).Max();
        return (
        [
            Claim.AtMost(
                "relaxation-hat", $"MSE(T₂ + τ) = MSE(T₂) Ŝ(τ) (a = 2, d = {dimension}, ε = 0.01, down to S_d = 0.02)", 0.01, worstHat, $"{Curves.Paper}, Phase III",
                "largest relative difference of the flow to the frozen approximation", PredictionKind.Heuristic).UpTo(end, "τ").At("d", dimension).Over("S_d ≥ 0.02"),
            Claim.AtMost(
                "relaxation-benchmark", $"MSE(T₂ + τ) follows the flat benchmark MSE(T₂) S_d(τ) up to the randomness of the teacher (a = 2, d = {dimension})", 4, worstBenchmark, $"{Curves.Paper}, Phase III",
                "largest relative difference in units of √(2/(d S_d)), the relative standard deviation of a mean of squared normals over the modes left", PredictionKind.Heuristic).UpTo(end, "τ").At("d", dimension).At("teachers", 1).Over("S_d ≥ 0.02"),
        ],
            new Panel
            {
                Title = $"flow after T₂, d = {dimension}",
                X = new Axis("time since T₂, τ", true, 100, end),
                Y = new Axis("MSE", true),
                Series =
                [
                    SolutionSeries.Function(elapsed, time => initial * SpectralRelaxation.Regimes(law, time).Middle, "middle asymptote", CurveColors.Neutral),
                    new Series { Label = "flat benchmark MSE(T₂) S_d(τ)", X = elapsed, Y = benchmark, Color = 1, Style = SeriesStyle.Dashed },
                    new Series { Label = "frozen law MSE(T₂) Ŝ(τ)", X = elapsed, Y = hat, Color = 0 },
                    new Series { Label = "flow", X = elapsed, Y = measured, Color = 2, Style = SeriesStyle.Points, Expected = hat },
                ],
            },
            worstHat);
    }

    private static Panel Regimes(WeightedModes modes, PowerLawSpectrum law)
    {
        var rate = 16 / law.Normalization;
        double dimension = law.Dimension;
        double[] Times(double from, double to, int count) => [.. TimeGrid.Logarithmic(from, to, count).Skip(1).Select(relaxed => Math.Pow(relaxed, law.Exponent) / rate)];
        var all = Times(1e-2, 10 * dimension, 50);
        return new Panel
        {
            Title = "S_d and its regimes, d = 10^5",
            X = new Axis("β_d τ = x_d^a", true),
            Y = new Axis("1 − S_d", true),
            Series =
            [
                Scaled(SolutionSeries.Function(Times(1e-2, 3, 20), time => 1 - SpectralRelaxation.Regimes(law, time).Early, "early: 16τ/d", 0, SeriesStyle.Dashed)),
                Scaled(SolutionSeries.Function(Times(0.3, dimension, 40), time => 1 - SpectralRelaxation.Regimes(law, time).Middle, "middle: Γ(1 − 1/a) x_d/d", 3, SeriesStyle.Dashed)),
                Scaled(SolutionSeries.Function(Times(0.3 * dimension, 10 * dimension, 40), time => 1 - SpectralRelaxation.Regimes(law, time).LateBound, "late bound: 1 − exp(−β_d τ d^{−a})", 4, SeriesStyle.Dotted)),
                Scaled(SolutionSeries.Function(all, time => SpectralRelaxation.Lost(modes, time), "sum over all modes", 2, SeriesStyle.Line)),
            ],
        };

        Series Scaled(Series series) => series with { X = [.. series.X.Select(time => time * rate)] };
    }

    private static IEnumerable<Claim> Asymptotics(WeightedModes modes, PowerLawSpectrum law)
    {
        double dimension = law.Dimension;
        var rate = 16 / law.Normalization;
        var early = 0.01 / rate;
        yield return Claim.Relative(
            "relaxation-early", "1 − S_d ≈ 16τ/d for β_d τ ≪ 1 (a = 2, d = 10^5, β_d τ = 0.01)", 16 * early / dimension, SpectralRelaxation.Lost(modes, early), 0.01,
            $"{Curves.Paper}, Phase III", "sum over all modes", PredictionKind.Asymptotic).UpTo(early, "τ").At("d", law.Dimension).Over("β_d τ ≪ 1");
        foreach (var relaxed in new[] { 100.0, 300, 1000 })
        {
            var time = Math.Pow(relaxed, 2) / rate;
            yield return Claim.Relative(
                FormattableString.Invariant($"relaxation-middle-{relaxed}"), FormattableString.Invariant($"1 − S_d ≈ Γ(1 − 1/a) x_d/d for 1 ≪ x_d ≪ d (a = 2, d = 10^5, x_d = {relaxed})"), 1 - SpectralRelaxation.Regimes(law, time).Middle, SpectralRelaxation.Lost(modes, time), 0.02,
                $"{Curves.Paper}, Phase III", "sum over all modes", PredictionKind.Asymptotic).UpTo(time, "τ").At("d", law.Dimension).Over("1 ≪ x_d ≪ d");
        }

        foreach (var multiple in new[] { 1.0, 3, 10 })
        {
            var time = Math.Pow(multiple * dimension, 2) / rate;

            // For all times from x_d = d on: the last one lies at a hundred times that time.
            yield return (Claim.AtMost(
                FormattableString.Invariant($"relaxation-late-{multiple}"), FormattableString.Invariant($"S_d ≤ exp(−β_d τ d^{{−a}}) (a = 2, d = 10^5, x_d = {multiple} d)"), SpectralRelaxation.Regimes(law, time).LateBound, SpectralRelaxation.Of(modes, time),
                $"{Curves.Paper}, Phase III", "sum over all modes") with
            { Horizon = new ClaimHorizon("τ", time, Math.Pow(dimension, 2) / rate, multiple == 10) }).At("d", law.Dimension).Over("x_d ≥ d");
        }
    }
}
