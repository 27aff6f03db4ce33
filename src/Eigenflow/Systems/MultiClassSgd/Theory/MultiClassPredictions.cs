namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The numbers that the theory states in advance for a mixture and a constant learning rate.</summary>
internal static class MultiClassPredictions
{
    private const string Paper = "arXiv:2510.14074";
    private const string Derived = "derived (docs/systems/multiclass-sgd.md)";
    private const string Continuum = "d → ∞ first, γt ≫ 1";

    private static readonly WindowCondition Stable = new("ρ(M)", WindowRelation.Below, 1, "spectral radius of the noise", IsRequired: true);
    private static readonly WindowCondition Ended = new("γH∞λ₀T", WindowRelation.AtLeast, 5, "relaxation times of the slowest mode by the end of the run");
    private static readonly WindowCondition Falling = new("ν", WindowRelation.Above, 0, "exponent of the decay", IsRequired: true);
    private static readonly WindowCondition Follows = new("|ν(T)/ν − 1|", WindowRelation.AtMost, 0.1, "departure of the exponent of the exact mean path at the end of the run");
    private static readonly WindowCondition Wide = new("γT d^(−a)", WindowRelation.AtMost, 0.1, "relaxation of the smallest eigenvalue by the end of the run");
    private static readonly WindowCondition LateLaw = new("(1 − ν)/(c₂νs^ν)", WindowRelation.AtMost, 0.1, "next term of the implicit law at the end of the run");
    private static readonly WindowCondition LateClean = new("γ‖μ_c‖²T", WindowRelation.AtLeast, 100, "time in units of the clean law");
    private static readonly WindowCondition SmallRate = new("γ", WindowRelation.AtMost, 1.4, "learning rate");

    /// <summary>Names, symbols, meanings and windows of all that can be predicted.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("separation", "q", "q = Σ μ²/Σ_i p_i λ^(i) of a shared mean yμ: how well the classes can be told apart; infinite where the mean has a part without noise."),
        new("optimal-risk", "R*", "Least population risk of a linear classifier.") { Mark = CurveMark.Level("risk") },
        new("noise-gain", "ρ(M)", "Spectral radius of M_ij = (γ/2B) p_j ⟨λ^(i) λ^(j)/Σ p λ⟩, by which noise multiplies the squared risk; γ Tr K/(2d) for one spectrum."),
        new("largest-learning-rate", "γ_max", "Learning rate at which that is 1 and the squared risk diverges: 2d/Tr K for one spectrum."),
        new("plateau", "R∞", "Risk at which SGD ends: Σ p [(1 − M)⁻¹ I0]/2 for least squares, the fixed point of (m, B) for logistic regression.") { Window = [Stable, Ended], Mark = CurveMark.Level("risk") },
        new("plateau-mean", "m∞", "Mean margin of the first class at the fixed point of logistic regression.") { Window = [Ended], Mark = CurveMark.Level("m1") },
        new("plateau-variance", "B∞", "Variance of the output of the first class at the fixed point of logistic regression.") { Window = [Ended], Mark = CurveMark.Level("b11") },
        new("transition-power", "1 + 2β", "Power of the spectrum from which on the risk goes to zero at d = ∞; the smallest power of the classes decides."),
        new("decay-exponent", "ν", "Exponent ν = 1 − (1 + 2β)/a of the squared risk, R ∝ t^(−ν), a the smallest power; negative where the risk ends at a plateau, which it approaches as t^(−|ν|).") { Window = [Falling, Follows, Wide], Mark = CurveMark.Slope("risk", "t") with { Factor = -1 } },
        new("gap-constant", "C", "Constant of 1 − m ≈ C t^(−ν) for least squares: a c^(1−ν) γ^(−ν)/(Γ(ν) Γ(1−ν)²) for the mean U^β.") { Window = [Falling, Follows, Wide], Unmarked = "the constant of a law of 1 − m, which no panel shows" },
        new("final-gap", "1 − m(T)", "1 − m of least squares at the end of the run, from the Laplace transform 1/(s(1 + G)); a shared mean.") { Unmarked = "of 1 − m, which no panel shows" },
        new("final-risk", "R(T)", "Squared risk at the end of the run of one spectrum, from the transform of its Volterra equation.") { Window = [Stable], Mark = CurveMark.Value("risk", "t") },
        new("late-ratio", "I₂/I₁", "Ratio of the squared risk of the class of the larger power to that of the smaller, late: M₂₁/(1 − M₂₂).") { Window = [Stable, Falling, Follows, Wide] },
        new("implicit-risk", "R(T)", "Logistic risk at the end of the run by the implicit law c₂s^ν − c₀ + (1 − ν) ln s = ln(c₂νγct), R ≈ s^(1−ν)/(c₂νγt).") { Window = [Falling, LateLaw, Wide], Mark = CurveMark.Value("risk", "t") },
        new("logarithm-exponent", "x", "Power x = (1 + 2β)/(a − 1 − 2β) of the logarithm in the logistic risk t⁻¹ (ln t)^x.") { Window = [Falling, LateLaw, Wide] },
        new("variance-over-mean", "B/m", "2 − 2^ν, late, in logistic regression.") { Window = [Falling, LateLaw, Wide] },
        new("clean-law", "R(T)", "Logistic risk 1/(γ‖μ_c‖²T) at the end of the run, ‖μ_c‖² the squared mean in modes without variance.") { Window = [LateClean], Mark = CurveMark.Value("risk", "t") },
        new("clean-risk", "R(T)", "Logistic risk ln(1 + e^(−m)), e^m + m = 1 + γ‖μ‖²T, where the mean lies in modes without variance alone and the noise of SGD is neglected.") { Window = [SmallRate], Mark = CurveMark.Value("risk", "t") },
    ];

    /// <summary>The predictions of a problem, each with where it stands to its window.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="learningRate">γ of the constant rule.</param>
    /// <param name="isConstant">Whether the rule is constant; without it nothing that depends on γ is predicted.</param>
    /// <param name="batch">B.</param>
    /// <param name="end">T, the end of the run.</param>
    /// <param name="isContinuum">Whether d = ∞ is taken first.</param>
    public static IReadOnlyList<Prediction> Of(MultiClassProblem problem, double learningRate, bool isConstant, int batch, double end, bool isContinuum = false)
    {
        var list = new PredictionList(All);
        var mixture = problem.Modes();
        var isMargin = problem.Loss is MarginLoss;
        var slowness = 10 * Math.Max(1, learningRate) * end;
        var laws = isMargin ? LawsOf(problem) : null;
        var modes = new Lazy<ClassModes>(() => !isContinuum ? ClassModes.Of(mixture) : laws is { Vanishes: true } ? ClassModes.Of(SmoothModes.Continuum(problem, slowness)) : ClassModes.Stationary(problem));
        var squares = new Lazy<LeastSquaresLaws>(() => new LeastSquaresLaws(modes.Value, batch));
        var (isLogistic, isSquared) = (problem.Loss is LogisticLoss, problem.Loss is LeastSquaresLoss);
        var point = new Lazy<LogisticPoint?>(() => LogisticLaws.TryStationary(modes.Value, learningRate, batch));

        var shared = !isMargin ? "it is for losses of one output" : modes.Value.IsShared ? "" : "the classes have means of their own: y μ is not shared";
        var varies = isConstant ? "" : "the learning rate is not constant";
        var noPlateau = !isLogistic && !isSquared ? "there is no closed form for this loss" : varies.Length > 0 ? varies : isLogistic && modes.Value.HasCleanMean ? "there is no finite stationary point: the mean has a part without noise, and the risk goes to zero" : isLogistic && point.Value is null ? "the classes are told apart so well that the stationary risk is below the numbers" : "";
        var noPowers = laws is null ? "spectra and a shared mean are not powers of ρ/d" : "";
        var fromZero = problem.StartVariance > 0 ? "the start is random" : "";

        Measures();
        list.Add("separation", () => modes.Value.Separation, PredictionKind.Exact, Paper, withheld: shared);
        list.Add("optimal-risk", OptimalRisk, PredictionKind.Exact, Derived, withheld: problem.Loss is SoftmaxLoss ? "there is no closed form for the softmax" : "");
        var notSquared = problem.Loss.IsQuadratic ? "" : "it is for squared losses";
        list.Add("noise-gain", () => Stability.Rounded(learningRate / Largest()), PredictionKind.Exact, Derived, withheld: First(notSquared, varies));
        list.Add("largest-learning-rate", Largest, PredictionKind.Exact, Derived, "constant learning rate", withheld: notSquared);
        list.Add("plateau", () => isLogistic ? point.Value!.Risk : squares.Value.Plateau(learningRate), PredictionKind.Exact, Derived, isContinuum ? "t → ∞" : "t → ∞ at finite d", withheld: noPlateau);
        var notLogistic = isLogistic ? noPlateau : "it is for logistic regression";
        list.Add("plateau-mean", () => point.Value!.Means[mixture.Origin[0].Class], PredictionKind.Exact, Derived, "t → ∞ at finite d", withheld: notLogistic);
        list.Add("plateau-variance", () => point.Value!.Variances[mixture.Origin[0].Class], PredictionKind.Exact, Derived, "t → ∞ at finite d", withheld: notLogistic);
        list.Add("transition-power", () => laws!.Threshold, PredictionKind.Asymptotic, Paper, "d → ∞ first", withheld: noPowers);
        var squaredLaw = First(noPowers, isSquared ? "" : "it is for least squares", varies, fromZero);
        list.Add("decay-exponent", () => laws!.Exponent, PredictionKind.Asymptotic, Derived, Continuum, withheld: squaredLaw, range: (1 / learningRate, isContinuum || laws is null ? double.PositiveInfinity : Math.Pow(problem.Dimension, laws.Power) / learningRate));
        list.Add("gap-constant", () => laws!.GapAmplitude(learningRate), PredictionKind.Asymptotic, Derived, Continuum, withheld: squaredLaw);
        var exactPath = First(isSquared ? shared : "it is for least squares", varies, fromZero);
        list.Add("final-gap", () => squares.Value.Gap(learningRate, end), PredictionKind.Exact, Derived, withheld: exactPath);
        list.Add("final-risk", () => squares.Value.Risk(learningRate, end), PredictionKind.Exact, Derived, withheld: First(exactPath, mixture.Classes == 1 ? "" : "the classes have spectra of their own"), place: end);
        var twoPowers = laws is { Powers: [var first, var second] } && first != second ? "" : "it is for two classes of different powers";
        list.Add("late-ratio", LateRatio, PredictionKind.Asymptotic, Derived, Continuum, withheld: First(squaredLaw, twoPowers));
        var logisticLaw = First(noPowers, isLogistic ? "" : "it is for logistic regression", varies, fromZero);
        list.Add("implicit-risk", () => laws!.LogisticRisk(learningRate, end), PredictionKind.Asymptotic, Derived, Continuum, withheld: logisticLaw, place: end);
        list.Add("logarithm-exponent", () => laws!.LogisticLogarithm, PredictionKind.Asymptotic, Derived, Continuum, withheld: logisticLaw);
        list.Add("variance-over-mean", () => laws!.VarianceOverMean, PredictionKind.Asymptotic, Derived, Continuum, withheld: logisticLaw);
        var cleanLaw = First(isLogistic ? shared : "it is for logistic regression", varies, isLogistic && modes.Value.CleanSquaredMean == 0 ? "the mean has no part in modes without variance" : "");
        list.Add("clean-law", () => 1 / (learningRate * modes.Value.CleanSquaredMean * end), PredictionKind.Asymptotic, Derived, "t → ∞", withheld: cleanLaw, place: end);
        list.Add("clean-risk", () => ZeroOneLaws.LogisticRisk(learningRate, modes.Value.SquaredMean, end), PredictionKind.Heuristic, Derived, withheld: First(cleanLaw, fromZero, isLogistic && modes.Value.CleanSquaredMean < modes.Value.SquaredMean * (1 - 1e-12) ? "the mean has a part in modes with variance" : ""), place: end);
        return list.Predictions;

        double Largest() => isMargin ? squares.Value.LargestLearningRate : batch / Stability.Of(mixture, 1);

        double OptimalRisk() => !isLogistic && !isSquared ? PopulationOptimum.Risk(problem) : isSquared ? squares.Value.OptimalRisk : modes.Value.HasCleanMean ? 0 : LogisticLaws.TryStationary(modes.Value, 0)?.Risk ?? double.NaN;

        double LateRatio()
        {
            var slowest = laws!.Powers[0] < laws.Powers[1] ? 0 : 1;
            return new LeastSquaresLaws(ClassModes.Stationary(problem), batch).LateRatios(learningRate, slowest)[1 - slowest];
        }

        double ExactExponent()
        {
            const double Ratio = 1.01;
            var path = new LeastSquaresLaws(ClassModes.Of(SmoothModes.Continuum(problem, slowness)));
            return -Math.Log(path.Gap(learningRate, end * Ratio) / path.Gap(learningRate, end / Ratio)) / (2 * Math.Log(Ratio));
        }

        void Measures()
        {
            list.Measure("ρ(M)", () => isLogistic ? 0 : Stability.Rounded(learningRate / Largest()));
            list.Measure("γH∞λ₀T", () => learningRate * Softest() * end);
            list.Measure("ν", () => laws?.Exponent ?? double.NaN);
            list.Measure("|ν(T)/ν − 1|", () => Math.Abs((ExactExponent() / laws!.Exponent) - 1));
            list.Measure("γT d^(−a)", () => isContinuum ? 0 : learningRate * end * Math.Pow(problem.Dimension, -laws!.Power));
            list.Measure("(1 − ν)/(c₂νs^ν)", () => laws!.LogisticCorrection(learningRate, end));
            list.Measure("γ‖μ_c‖²T", () => learningRate * modes.Value.CleanSquaredMean * end);
            list.Measure("γ", () => learningRate);
        }

        // Smallest Σ p λ H of a mode that has a mean or variance.
        double Softest()
        {
            var curvatures = modes.Value.Probabilities.Select((_, i) => isLogistic ? LogisticExpectation.Moments(point.Value!.Means[i], point.Value!.Variances[i]).Curvature : 1).ToArray();
            return Enumerable.Range(0, modes.Value.Count).Select(b => modes.Value.Probabilities.Select((p, i) => p * modes.Value.Eigenvalues[i][b] * curvatures[i]).Sum()).Where(stiffness => stiffness > 0).DefaultIfEmpty(double.NaN).Min();
        }
    }

    private static string First(params string[] reasons) => Array.Find(reasons, reason => reason.Length > 0) ?? "";

    // Powers of ρ/d and one mean of margins, or null.
    private static MixtureLaws? LawsOf(MultiClassProblem problem)
    {
        var first = problem.Classes[0];
        var isShared = problem.Classes.All(one => one.Mean == first.Mean && one.Turn == (0, 1) && one.Label * one.MeanSize == first.Label * first.MeanSize);
        if (!isShared || first.MeanSize == 0 || !problem.Classes.All(one => one.Spectrum.IsSmooth && one.Spectrum.Power > 0 && one.Mean.IsSmooth))
            return null;
        return new MixtureLaws([.. problem.Classes.Select(one => one.Spectrum.Power)], [.. problem.Classes.Select(one => one.Probability)], first.Mean.Power, first.MeanSize * first.MeanSize / (1 + (2 * first.Mean.Power)));
    }
}
