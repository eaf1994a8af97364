package seating;

import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import ai.timefold.solver.core.api.solver.SolutionManager;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicType;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.RuinRecreateMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.impl.solver.DefaultSolver;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.LoggerFactory;

/**
 * As many solvers side by side as there are threads, each with a seed of its own; the best plan counts. (Several threads
 * in one solver are for who pays.)
 */
public final class Search {
    private static final int LATE = 400;
    private static final int ACCEPTED = 32;
    private static final double FINE_PER_COARSE = 1000;

    /** Of each seat the number of its value, or -1. */
    public int[] values;

    public boolean feasible;
    public long medium;
    public long soft;

    /** When the first plan was there that breaks nothing; -1 when none was. */
    public long firstMilliseconds = -1;

    /** Of all solvers together. */
    public long movesPerSecond;

    private HardMediumSoftLongScore score;

    public static Search of(Facts facts, long milliseconds, int threads, long seed) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        List<Callable<Search>> solvers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            SolverConfig config = config(facts, milliseconds, threads * seed + thread);
            solvers.add(() -> solved(SolverFactory.create(config), new Plan(facts)));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Search best = null;
            for (Future<Search> future : pool.invokeAll(solvers)) {
                best = best == null ? future.get() : better(best, future.get());
            }
            return best;
        } finally {
            pool.shutdown();
        }
    }

    private static Search better(Search one, Search two) {
        Search best = two.score.compareTo(one.score) > 0 ? two : one;
        Search other = best == one ? two : one;
        if (other.firstMilliseconds >= 0) {
            best.firstMilliseconds = Math.min(best.firstMilliseconds, other.firstMilliseconds);
        }
        best.movesPerSecond += other.movesPerSecond;
        return best;
    }

    /** The score is counted anew: a solver that is stopped in its first phase hands back that of a step before. */
    private static Search solved(SolverFactory<Plan> factory, Plan start) {
        Search found = new Search();
        Solver<Plan> solver = factory.buildSolver();
        solver.addEventListener(event -> {
            if (found.firstMilliseconds < 0 && event.getNewBestScore().isFeasible()) {
                found.firstMilliseconds = event.getTimeMillisSpent();
            }
        });
        Plan plan = solver.solve(start);
        found.score = SolutionManager.<Plan, HardMediumSoftLongScore>create(factory).update(plan);
        found.feasible = found.score.isFeasible();
        found.medium = -found.score.mediumScore();
        found.soft = -found.score.softScore();
        found.values = plan.seats.stream().mapToInt(seat -> seat.value == null ? -1 : seat.value.number).toArray();
        found.movesPerSecond = ((DefaultSolver<Plan>) solver).getMoveEvaluationSpeed();
        return found;
    }

    private static SolverConfig config(Facts facts, long milliseconds, long seed) {
        return new SolverConfig()
                .withSolutionClass(Plan.class)
                .withEntityClasses(Seat.class)
                .withScoreDirectorFactory(
                        new ScoreDirectorFactoryConfig().withIncrementalScoreCalculatorClass(Tally.class))
                .withTerminationSpentLimit(Duration.ofMillis(milliseconds))
                .withRandomSeed(seed)
                .withPhases(
                        new ConstructionHeuristicPhaseConfig()
                                .withConstructionHeuristicType(ConstructionHeuristicType.FIRST_FIT_DECREASING),
                        new LocalSearchPhaseConfig()
                                .withMoveSelectorConfig(moves(facts))
                                .withAcceptorConfig(new LocalSearchAcceptorConfig().withLateAcceptanceSize(LATE))
                                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(ACCEPTED)));
    }

    /** Fine moves, and now and then a coarse one that empties some seats and fills them anew. */
    private static UnionMoveSelectorConfig moves(Facts facts) {
        UnionMoveSelectorConfig fine = new UnionMoveSelectorConfig();
        if (facts.cell.length > 0) {
            fine.withMoveSelectors(
                    new ChangeMoveSelectorConfig(), new SwapMoveSelectorConfig(),
                    new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(BlockSwaps.class));
        } else {
            fine.withMoveSelectors(new ChangeMoveSelectorConfig(), new SwapMoveSelectorConfig());
        }
        return new UnionMoveSelectorConfig()
                .withMoveSelectors(
                        fine.withFixedProbabilityWeight(FINE_PER_COARSE),
                        new RuinRecreateMoveSelectorConfig().withFixedProbabilityWeight(1.0));
    }
}
