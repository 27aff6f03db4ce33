namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>What has to hold for a scheme to have a stationary state, and what the user should know where it has one.</summary>
internal static class EquilibriumChecks
{
    // Below, the moments of a step are lost in rounding.
    private const double LeastRelaxation = 1e-13;

    // Fourth powers of step sizes and products of covariances have to be numbers.
    private const double SmallestSize = 1e-60, LargestSize = 1e60;

    /// <summary>Checks a scheme against a problem.</summary>
    /// <exception cref="ParameterException">No noise, no whole batches, or no stationary state.</exception>
    public static void Check(LocalExpansion expansion, SchemeOptions options)
    {
        if (!(options.Temperature >= 0) || !double.IsFinite(options.Temperature))
            throw new ParameterException("temperature", options.Temperature, "a finite number >= 0");
        if (options.ThermalTemperature > 0 && options.ThermalTemperature is < SmallestSize or > LargestSize)
            throw new ParameterException("temperature", options.Temperature, "0, or from 1e-60 to 1e60", "the moments of a step are beyond the range of numbers otherwise; choose other units");
        if (!(expansion.Smallest >= SmallestSize && expansion.Largest <= LargestSize))
            throw new ParameterException("problem", DisplayText.Plain($"(a Hessian with eigenvalues from {expansion.Smallest:G4} to {expansion.Largest:G4})"), "a Hessian with eigenvalues from 1e-60 to 1e60", "choose other units: the rows, noise-scale, prior or the Hessian");
        var trace = expansion.GivenDiffusion?.Trace() ?? expansion.Covariance.Trace();
        if (trace != 0 && trace is not (>= SmallestSize and <= LargestSize))
            throw new ParameterException(expansion.Samples == 0 ? "diffusion" : "problem", DisplayText.Plain($"(noise of size {trace:G4})"), "noise of a trace from 1e-60 to 1e60", "choose other units");
        if (LeastRelaxation / expansion.Smallest > 2 / expansion.Largest)
        {
            throw new ParameterException(
                expansion.Samples > 0 ? "problem" : "hessian", DisplayText.Plain($"(curvatures from {expansion.Smallest:G3} to {expansion.Largest:G3})"), DisplayText.Plain($"curvatures within a factor of {2 / LeastRelaxation:G2}"),
                "no learning rate suits all directions otherwise; bring the columns to one scale, leave out those that follow from others, or raise prior where directions are flat");
        }

        if (options.Rate * expansion.Smallest < LeastRelaxation)
            throw new ParameterException("learning-rate", options.Rate, DisplayText.Plain($"at least {LeastRelaxation / expansion.Smallest:G4}"), DisplayText.Plain($"the slowest mode would need more than 1e13 steps, beyond the digits of numbers; raise it (the fastest mode allows {2 / expansion.Largest:G2}), bring the columns to one scale, or raise prior where directions are flat"));
        if (expansion.Samples == 0 && options.IsEpochs)
            throw new ParameterException("problem", "matrices", "a problem with samples for epochs without replacement", "choose method = with-replacement, sgld or langevin");
        if (options.IsEpochs && expansion.HasIndependentDraws)
            throw new ParameterException("draws", "independent", $"distinct for {ChainMethod.NameOf(options.Scheme)}", "an epoch without replacement takes every sample once; leave draws out, or choose with-replacement or sgld");
        if (options.IsEpochs && expansion.Samples % expansion.Batch != 0)
            throw new ParameterException("batch", expansion.Batch, $"a divisor of samples = {expansion.Samples}", "B must divide N for without-replacement epochs");
        if (options.ThermalTemperature == 0)
        {
            if (options.Scheme == SamplingScheme.Langevin)
                throw new ParameterException("temperature", 0, "a number > 0 for langevin", "there is no noise otherwise");
            if (expansion.Samples > 0 && expansion.Batch == expansion.Samples && (options.IsEpochs || !expansion.HasIndependentDraws))
                throw new ParameterException("batch", expansion.Batch, $"smaller than samples = {expansion.Samples}", "no batch noise: D = 0 where a batch holds all samples; choose a smaller batch, or a method with temperature > 0");
        }

        var isSampled = options.Scheme != SamplingScheme.Langevin && expansion.Samples > 0;
        if (!(options.Rate * expansion.Largest < 2) || (isSampled && !options.IsEpochs && !new MeanSquareMap(expansion, options.Rate).IsStable))
        {
            var limit = isSampled && !options.IsEpochs ? MeanSquareMap.Limit(expansion) : 2 / expansion.Largest;
            throw new ParameterException("learning-rate", options.Rate, DisplayText.Plain($"below {limit:G4}"), DisplayText.Plain($"unstable learning rate: mean-square limit is {limit:G4}") + (isSampled && !options.IsEpochs && expansion.Samples % expansion.Batch == 0 ? "; shuffled epochs (sgworld, without-replacement) have a limit of their own" : ""));
        }
    }

    /// <summary>The theory of a scheme that was checked.</summary>
    /// <exception cref="ParameterException">No noise, no whole batches, or no stationary state.</exception>
    public static SchemeTheory Theory(EquilibriumProblem problem, SchemeOptions options)
    {
        var expansion = problem.Expand();
        Check(expansion, options);
        return SchemeTheory.Of(expansion, options);
    }

    /// <summary>What is to be known of a theory, one line each.</summary>
    public static IEnumerable<string> Warnings(SchemeTheory theory)
    {
        var (rank, d) = (StationaryLaw.Rank(theory.Diffusion), theory.Expansion.Dimension);
        if (rank < d)
            yield return $"entropy production undefined: D is singular, rank {rank} < d = {d}; {(theory.Expansion.Samples > 0 ? "use more samples than parameters, or a temperature > 0" : "give a diffusion matrix of full rank, or a temperature > 0")}";
        else if (theory.Weights is null)
            yield return "entropy production undefined: the noise of a time unit is singular within rounding; raise learning-rate";
        if (!theory.IsEnumerated)
            yield return "epochs have too many orders to enumerate: numbers with the suffix -sampled are over sampled orders, each with its reverse, and have standard errors";
        if (!theory.Expansion.IsQuadratic)
            yield return "the loss is not quadratic: exact moments, mean-square limit and posterior are those of its expansion at the minimum";
        if (d > ChainPlan.MostColumns)
            yield return $"columns and summary numbers are those of the first {ChainPlan.MostColumns} of {d} coordinates; entropy production is that of all";
        if (theory.UnitRate * theory.Expansion.Largest > 1 && theory.Steps > 1)
            yield return DisplayText.Plain($"an epoch of {theory.Steps} steps is long beside the fastest mode (eta times steps times h = {theory.UnitRate * theory.Expansion.Largest:G3}): leading-order formulas are rough");
    }
}
