using Eigenflow.Numerics.Dense;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: escape rate, loss exponent and stability limit of the preconditioned flow.</summary>
internal static class PreconditionerClaims
{
    private const int SmallDimension = 60;
    private static readonly double[] Preconditioners = [0, 0.5, 1];

    // The tail that is missing in d = 10¹² is a part (x/d)^(a−1), x = (8ct)^(1/(a(1−κ))), of the loss.
    private static readonly (double Exponent, double Preconditioner, double From, double To)[] Decays = [(2, 0.25, 1e4, 1e10), (2, 0.5, 1e3, 1e8), (1.5, 0.5, 1e3, 1e5)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        foreach (var kappa in Preconditioners)
            claims.Add(StepsOfEscape(kappa, cancellation));
        foreach (var (exponent, kappa, from, to) in Decays)
        {
            progress?.Report(new Progress((double)claims.Count / (Preconditioners.Length + Decays.Length), "exponents"));
            const long dimension = 1_000_000_000_000;
            var flow = HalfTime.Problem(dimension, exponent, kappa).Solve(
                new GradientFlow { Modes = ModeRepresentation.Averaged, Times = [.. TimeGrid.Logarithmic(from, to, 120)], KeepsDenseOutput = false }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var fit = PowerLaw.Fit(flow.Times, flow["loss"], new PowerLawOptions { WindowStart = from, WindowEnd = to });
            claims.Add(Claim.Absolute(
                $"preconditioner-loss-exponent-a{DisplayNumber.Of(exponent)}-k{DisplayNumber.Of(kappa)}", $"the loss falls as t^{{−(a − 1)/(a(1 − κ))}} (a = {DisplayNumber.Of(exponent)}, κ = {DisplayNumber.Of(kappa)}, d = 10^{{12}})",
                -Preconditioning.LossExponent(exponent, kappa), fit.Exponent, 0.02, Curves.Derived, "preconditioned flow, typical start, least squares on the logarithms; 95 % interval, widened for correlated residuals",
                PredictionKind.Asymptotic, fit.MeanHalf).UpTo(to).At("d", dimension).Over($"t = {DisplayNumber.Range(from, to, 2)}"));
        }

        return new ReproductionResult { Claims = claims };
    }

    // ρ from the growth of a tiny start, η_max from all eigenvalues of P^½ ∇²L(w*) P^½: two ways that share no formula.
    private static Claim StepsOfEscape(double kappa, CancellationToken cancellation)
    {
        const double exponent = 1.5, tiny = 1e-40;
        var spectrum = Spectrum.PowerLaw(SmallDimension, exponent);
        double[] start = [.. Enumerable.Range(0, SmallDimension).Select(i => tiny * (1 + (i % 2)))];
        var problem = new PhaseRetrievalProblem { Spectrum = spectrum, Start = Start.FromValues(start), Preconditioner = kappa };
        var modes = problem.Modes(cancellation: cancellation);
        var time = EscapeTheory.Of(modes).TimeTo(1e-4);
        var flow = problem.Solve(new GradientFlow { Times = [0.6 * time, time], RelativeTolerance = 1e-10 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var rate = Math.Log(Math.Abs(flow["u"][1] / flow["u"][0])) / (flow.Times[1] - flow.Times[0]);
        var hessian = new double[SmallDimension * SmallDimension];
        for (var i = 0; i < SmallDimension; i++)
        {
            for (var j = 0; j < SmallDimension; j++)
            {
                var entry = (16 * modes.Eigenvalues[i] * modes.Teacher[i] * modes.Eigenvalues[j] * modes.Teacher[j]) + (i == j ? 8 * modes.TeacherOverlap * modes.Eigenvalues[i] : 0);
                hessian[(i * SmallDimension) + j] = entry * Math.Sqrt(modes.Rates[i] / modes.Eigenvalues[i] * modes.Rates[j] / modes.Eigenvalues[j]);
            }
        }

        var limit = 2 / DenseAlgebra.Best.SymmetricEigenvalues(hessian, SmallDimension, cancellation)[0];
        return Claim.Relative(
            $"preconditioner-steps-k{DisplayNumber.Of(kappa)}", $"at the stability limit the student grows by e in one step: ρ η_max = 1 (a = 1.5, κ = {DisplayNumber.Of(kappa)}, d = {SmallDimension}, Gaussian teacher)", 1, rate * limit, 1e-5,
            Curves.Derived, "ρ from the growth of |u| of a tiny start, η_max from the eigenvalues of the preconditioned Hessian at w*").UpTo(time).At("d", SmallDimension).Over("s ≪ s*/3");
    }
}
